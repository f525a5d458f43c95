"""A busca do alto da página: cada módulo procura no que é seu; a página junta por tipo.

# em ready() do módulo
procura.registrar(procura.Fonte(chave="unidades", titulo="Unidades da rede", ordem=20, procurar=na_busca.procurar))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from normas.territorio.federacao import UF_POR_SIGLA
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.ator import Ator

#: Quantos se mostram de cada tipo; pedido um tipo só, quantos dele.
POR_TIPO = 8
SO_UM_TIPO = 60
MINIMO_DE_LETRAS = 2
#: Quantas palavras do termo contam.
PALAVRAS = 6


@dataclass(frozen=True, kw_only=True)
class Achado:
    """Uma linha da busca: o nome, a página dela, o que é e onde fica. `aviso` diz que fechou, por exemplo."""

    nome: str
    endereco: str
    sobre: str
    aviso: str = ""


class Procurar(Protocol):
    """Devolve até `limite` achados do termo, os mais parecidos primeiro; só o que o ator pode ver."""

    def __call__(self, termo: str, *, ator: Ator, hoje: date, limite: int) -> Sequence[Achado]: ...


@dataclass(frozen=True, kw_only=True)
class Fonte:
    """Onde um módulo procura, e com que título se mostra."""

    chave: str
    titulo: str
    ordem: int
    procurar: Procurar


@dataclass(frozen=True, kw_only=True)
class Grupo:
    """Os achados de um tipo; `ha_mais` diz que a lista foi cortada."""

    chave: str
    titulo: str
    achados: tuple[Achado, ...]
    ha_mais: bool


_fontes: dict[str, Fonte] = {}


def registrar(fonte: Fonte) -> None:
    """Acrescenta um tipo à busca; registrar de novo a mesma chave substitui."""
    _fontes[fonte.chave] = fonte


def chaves() -> set[str]:
    """As chaves dos tipos que se procuram."""
    return set(_fontes)


def em_todos(termo: str, *, ator: Ator, hoje: date, so: str = "") -> list[Grupo]:
    """Os tipos com algum achado, na ordem; com `so`, apenas aquele tipo, e mais dele."""
    if len(nome_de_busca(termo)) < MINIMO_DE_LETRAS:
        return []
    limite = SO_UM_TIPO if so else POR_TIPO
    grupos = []
    for fonte in sorted(_fontes.values(), key=lambda f: f.ordem):
        if so and so != fonte.chave:
            continue
        achados = fonte.procurar(termo, ator=ator, hoje=hoje, limite=limite + 1)
        if achados:
            grupos.append(
                Grupo(
                    chave=fonte.chave,
                    titulo=fonte.titulo,
                    achados=tuple(achados[:limite]),
                    ha_mais=len(achados) > limite,
                )
            )
    return grupos


@dataclass(frozen=True, kw_only=True)
class Onde:
    """Como se acha, num cadastro, o lugar de cada registro: pela parte do nome, ou pelo nome inteiro."""

    parte: Callable[[str], Q]
    inteiro: Callable[[list[str]], Q]


def _no_municipio(palavra: str) -> Q:
    """A palavra é parte do nome do município do registro, ou a sigla da UF dele."""
    condicao = Q(municipio__nome_busca__contains=palavra)
    uf = UF_POR_SIGLA.get(palavra.upper())
    return condicao | Q(municipio__uf_id=uf.codigo) if uf else condicao


#: Dos registros que são de um município.
NO_MUNICIPIO = Onde(parte=_no_municipio, inteiro=lambda nomes: Q(municipio__nome_busca__in=nomes))


def pelo_nome(registros: QuerySet[Any], termo: str, *, na_palavra: Callable[[str], Q], onde: Onde) -> QuerySet[Any]:
    """Os registros em que cada palavra é do nome ou do lugar, e ao menos uma é do nome.

    Primeiro os do lugar que o termo diz por inteiro (“Vitória” antes de “Porto Vitória”); depois o nome igual, o que
    começa pelo termo, o que o contém; entre iguais, o nome mais curto.
    """
    limpo, do_nome = nome_de_busca(termo), Q()
    palavras = list(dict.fromkeys(limpo.split()))[:PALAVRAS]
    for palavra in palavras:
        proprio = na_palavra(palavra)
        registros, do_nome = registros.filter(proprio | onde.parte(palavra)), do_nome | proprio
    trechos = [" ".join(palavras[i:j]) for i in range(len(palavras)) for j in range(i + 1, len(palavras) + 1)]
    parecidos = [
        When(nome_busca=limpo, then=Value(0)),
        When(nome_busca__startswith=limpo, then=Value(1)),
        When(nome_busca__contains=limpo, then=Value(2)),
    ]
    achados: QuerySet[Any] = registros.filter(do_nome).annotate(
        no_lugar=Case(When(onde.inteiro(trechos), then=Value(0)), default=Value(1), output_field=IntegerField()),
        distancia=Case(*parecidos, default=Value(3), output_field=IntegerField()),
    )
    return achados.order_by("no_lugar", "distancia", Length("nome_busca"), "nome_busca", "pk")
