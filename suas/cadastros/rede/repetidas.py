"""Pares de unidades que parecem a mesma, escrita duas vezes: do mesmo tipo, no mesmo município, e o porquê de cada par.

Nada se guarda: calcula-se na hora, uma consulta para todo o território e a comparação só dentro de cada município.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from suas.cadastros.rede.models import ParDistinto, Pedido, Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.identidade.consultas import vinculos_por_numero

#: Um telefone, endereço ou ponto repetido em mais unidades do que isto é o da secretaria, e não diz nada de um par.
MAIS_DO_QUE_UM_PAR = 3
#: Acima de quanto (de 0 a 1) duas palavras são a mesma com um erro de escrita: leitura do projeto (ADR 0065).
QUASE_IGUAIS = 0.8
_MENOR_PALAVRA = 3
_CASAS_DO_PONTO = 4  # cerca de 11 metros
_DO_TIPO = re.compile(
    r"\b(?:centro de referencia (?:especializado )?(?:de |da |em )?assistencia social|cras|creas|centro pop|regional)\b"
)
_LIGAM = frozenset({"a", "o", "as", "os", "de", "da", "do", "das", "dos", "e", "em", "no", "na"})
_ROMANOS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}


@dataclass(frozen=True, kw_only=True)
class Par:
    """Duas unidades parecidas, a de identificador menor primeiro, e em que se parecem."""

    uma: UUID
    outra: UUID
    porques: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feicao:
    """O que de uma unidade se compara, já escrito para comparar."""

    id: UUID
    nome: str
    palavras: frozenset[str]
    endereco: Hashable
    telefone: str
    ponto: Hashable


def pares(onde: str) -> list[Par]:
    """Os pares parecidos das unidades abertas do território, os que se parecem em mais coisas primeiro.

    Ficam de fora os que alguém disse serem duas unidades e os que já têm pedido de junção à espera.
    """
    grupos: dict[tuple[str, str], list[_Feicao]] = defaultdict(list)
    for linha in _abertas(onde):
        grupos[linha["municipio_id"], _familia(linha["tipo"])].append(_feicao(linha))
    fora = _distintos(onde) | _a_espera()
    achados = (par for grupo in grupos.values() if len(grupo) > 1 for par in _do_grupo(grupo))
    return sorted((par for par in achados if (par.uma, par.outra) not in fora), key=lambda par: -len(par.porques))


def em_ordem(a: UUID, b: UUID) -> tuple[UUID, UUID]:
    """O par sempre do mesmo jeito: o identificador menor primeiro."""
    return (a, b) if a < b else (b, a)


def ditos_distintos(onde: str) -> QuerySet[ParDistinto]:
    """Os pares do território que alguém disse serem duas unidades, do mais novo ao mais antigo."""
    ditos = ParDistinto.objects.select_related("uma__municipio__uf", "outra")
    if onde == "BR":
        return ditos
    if not onde:
        return ditos.none()
    return ditos.filter(municipio__gte=onde, municipio__lt=str(int(onde) + 1))


def quem_disse_cada(ditos: Sequence[ParDistinto]) -> dict[UUID, str]:
    """Par -> quem o disse, em palavras; de uma vez só."""
    vinculos = vinculos_por_numero(dito.dito_por for dito in ditos)
    return {dito.pk: vinculos[dito.dito_por].em_frase for dito in ditos if dito.dito_por in vinculos}


def _abertas(onde: str) -> Iterator[dict[str, Any]]:
    abertas = Unidade.objects.da_abrangencia(onde).filter(fechada_em__isnull=True, fundida_em__isnull=True)
    campos = ("id", "municipio_id", "tipo", "nome_busca", "logradouro", "numero", "telefone", "latitude", "longitude")
    yield from abertas.order_by("municipio_id", "nome_busca", "id").values(*campos).iterator(chunk_size=2000)


def _familia(tipo: str) -> str:
    return Unidade.Tipo.CREAS if tipo == Unidade.Tipo.CREAS_REGIONAL else tipo


def _feicao(linha: dict[str, Any]) -> _Feicao:
    palavras = _DO_TIPO.sub(" ", str(linha["nome_busca"])).split()
    palavras = [_ROMANOS.get(p, p.lstrip("0") or p) for p in palavras if p not in _LIGAM]
    rua, numero = nome_de_busca(str(linha["logradouro"])), nome_de_busca(str(linha["numero"]))
    latitude, longitude = linha["latitude"], linha["longitude"]
    return _Feicao(
        id=linha["id"],
        nome=" ".join(palavras),
        palavras=frozenset(palavras),
        endereco=(rua, numero) if rua and any(letra.isdigit() for letra in numero) else None,
        telefone=str(linha["telefone"]),
        ponto=None
        if latitude is None or longitude is None
        else (round(latitude, _CASAS_DO_PONTO), round(longitude, _CASAS_DO_PONTO)),
    )


def _do_grupo(grupo: Sequence[_Feicao]) -> Iterator[Par]:
    vezes = Counter(valor for f in grupo for valor in (f.endereco, f.telefone, f.ponto) if valor)
    for a, b in combinations(grupo, 2):
        if porques := tuple(_porques(a, b, vezes=vezes)):
            uma, outra = em_ordem(a.id, b.id)
            yield Par(uma=uma, outra=outra, porques=porques)


def _porques(a: _Feicao, b: _Feicao, *, vezes: Counter[Hashable]) -> Iterator[str]:
    if a.nome == b.nome:
        yield "mesmo nome"
    elif _quase_iguais(a, b):
        yield "nomes quase iguais"
    for valor, do_outro, porque in (
        (a.endereco, b.endereco, "mesmo endereço"),
        (a.ponto, b.ponto, "mesmo ponto no mapa"),
        (a.telefone, b.telefone, "mesmo telefone"),
    ):
        if valor and valor == do_outro and vezes[valor] <= MAIS_DO_QUE_UM_PAR:
            yield porque


def _quase_iguais(a: _Feicao, b: _Feicao) -> bool:
    """As mesmas palavras noutra ordem, ou só uma delas escrita um pouco diferente.

    CRAS 1 e CRAS 2 não: o número é o que os distingue.
    """
    so_de_a, so_de_b = a.palavras - b.palavras, b.palavras - a.palavras
    if not so_de_a and not so_de_b:
        return True
    if len(so_de_a) != 1 or len(so_de_b) != 1:
        return False
    (uma,), (outra,) = so_de_a, so_de_b
    curta = min(len(uma), len(outra))
    return curta >= _MENOR_PALAVRA and uma[0] == outra[0] and not uma.isdigit() and _parecida(uma, outra)


@lru_cache(maxsize=4096)
def _parecida(uma: str, outra: str) -> bool:
    return SequenceMatcher(None, uma, outra, autojunk=False).ratio() > QUASE_IGUAIS


def _distintos(onde: str) -> set[tuple[UUID, UUID]]:
    return set(ditos_distintos(onde).values_list("uma_id", "outra_id"))


def _a_espera() -> set[tuple[UUID, UUID]]:
    a_espera = Pedido.objects.filter(tipo=Pedido.Tipo.FUNDIR, estado=Pedido.Estado.ESPERA, unidade__isnull=False)
    return {em_ordem(sai, UUID(dados["fica"])) for sai, dados in a_espera.values_list("unidade_id", "dados")}
