"""O que se pergunta sobre as entidades."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from suas.cadastros.entidades.models import Atuacao, Dirigente, Entidade
from suas.cadastros.territorio import consultas as territorio
from suas.cadastros.territorio.consultas import buscar
from suas.cadastros.territorio.models import UF
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo import tranca
from suas.nucleo.identidade.casas import Casa
from suas.nucleo.tela import frescor as conferencia
from suas.nucleo.trilha import busca, palavras
from suas.nucleo.trilha import consultas as trilha

if TYPE_CHECKING:
    from suas.nucleo.trilha.models import Alteracao

ATOS_NA_HISTORIA = 20
MUDANCA = "U"
DIAS_DE_AVISO_DO_MANDATO = 60
TIPOS = (("atende", "atendimento"), ("assessora", "assessoramento"), ("defende", "defesa e garantia de direitos"))
ORDENS = {"nome": "nome_busca", "municipio": "municipio__nome_busca", "mudou": "mudada_em"}


@dataclass(frozen=True, kw_only=True)
class Onde:
    """Um lugar que se digitou: o nome por extenso e os códigos que ele alcança. Sem código, não se achou."""

    texto: str = ""
    codigos: tuple[str, ...] = ()

    @property
    def perdido(self) -> bool:
        return bool(self.texto) and not self.codigos


def onde(texto: str) -> Onde:
    """O lugar que se escreveu: um município (nome, “Vitória/ES”, código), uma UF (sigla, nome, código) ou vários."""
    limpo = texto.strip()[:80]
    if not limpo or limpo.upper() in {"BR", "BRASIL"}:
        return Onde()
    if re.fullmatch("[A-Za-z]{2}|[0-9]{2}", limpo) and (uf := UF.objects.filter(_chave_da_uf(limpo)).first()):
        return Onde(texto=uf.nome, codigos=(uf.pk,))
    achados = buscar(limpo)
    if len(achados.ufs) == 1 and nome_de_busca(achados.ufs[0].nome) == nome_de_busca(limpo):
        return Onde(texto=achados.ufs[0].nome, codigos=(achados.ufs[0].pk,))
    if achados.unico:
        return Onde(texto=str(achados.unico), codigos=(achados.unico.pk,))
    return Onde(texto=limpo, codigos=tuple(municipio.pk for municipio in achados.municipios))


def _chave_da_uf(escrito: str) -> Q:
    return Q(pk=escrito) if escrito.isdigit() else Q(sigla=escrito.upper())


@dataclass(frozen=True, kw_only=True)
class Filtro:
    """O que se procura na lista. `texto` é parte do nome ou do CNPJ; `tipo`, um dos `TIPOS`."""

    texto: str = ""
    onde: Onde = Onde()
    tipo: str = ""
    ordem: str = "nome"


def listar(filtro: Filtro) -> QuerySet[Entidade]:
    """As entidades que o filtro deixa, na ordem pedida. Uma consulta, com o município junto."""
    achadas = Entidade.objects.select_related("municipio__uf")
    if filtro.onde.texto:
        achadas = achadas.filter(_no_lugar(filtro.onde.codigos))
    cnpj = re.sub(r"[\s.\-/]", "", filtro.texto).upper()
    if re.fullmatch(r"(?=.*\d)[0-9A-Z]{8,14}", cnpj):
        achadas = achadas.filter(cnpj__startswith=cnpj)
    else:
        for palavra in nome_de_busca(filtro.texto).split()[:6]:
            achadas = achadas.filter(nome_busca__contains=palavra)
    if filtro.tipo in dict(TIPOS):
        achadas = achadas.filter(**{filtro.tipo: True})
    return achadas.order_by(*_ordem(filtro.ordem))


def no_lugar(*, uf: str, municipio: str, termo: str) -> QuerySet[Entidade]:
    """As entidades com sede na UF (pela sigla) ou no município, com a parte do nome. O vazio não filtra."""
    return territorio.no_lugar(Entidade.objects.all(), uf=uf, municipio=municipio, termo=termo)


def _no_lugar(codigos: Collection[str]) -> Q:
    """A sede, ou algum dos municípios em que atua, fica num dos lugares."""
    inteiros = [codigo for codigo in codigos if len(codigo) == 7]
    atuam = Atuacao.objects.filter(municipio_id__in=inteiros).values("entidade_id")
    condicao = Q(municipio_id__in=inteiros) | Q(pk__in=atuam)
    for uf in set(codigos) - set(inteiros):
        condicao |= Q(municipio__uf_id=uf)
    return condicao


def _ordem(ordem: str) -> tuple[str, ...]:
    campo = ORDENS.get(ordem.removeprefix("-"), "nome_busca")
    return (f"-{campo}" if ordem.startswith("-") else campo, "nome_busca", "id")


def dirigentes(entidade: Entidade) -> list[Dirigente]:
    """Os mandatos, do mais novo ao mais antigo."""
    return list(entidade.dirigentes.all())


def dirigente_no_dia(entidade: Entidade, *, dia: date) -> Dirigente | None:
    """Quem dirige no dia, se o mandato registrado o alcança."""
    no_dia = entidade.dirigentes.filter(Q(ate__isnull=True) | Q(ate__gte=dia), desde__lte=dia)
    return no_dia.order_by("-desde", "-id").first()


@dataclass(frozen=True, kw_only=True)
class Frescor:
    """Há quanto tempo ninguém confere a ficha, em palavras; `velha` pede que alguém confira."""

    texto: str
    velha: bool


def frescor(entidade: Entidade, *, hoje: date) -> Frescor:
    """Quando a ficha foi conferida pela última vez."""
    palavras = conferencia.em_palavras(entidade.conferida_em, hoje=hoje, como="ficha conferida")
    return Frescor(
        texto=palavras or "ninguém conferiu a ficha desde o cadastro",
        velha=conferencia.esta_velho(entidade.conferida_em, hoje=hoje, de=conferencia.ENTIDADES),
    )


@dataclass(frozen=True, kw_only=True)
class Passado:
    """Um ato sobre a entidade: quem, quando, o que fez e o que mudou, campo a campo."""

    ato: busca.AtoEmPalavras
    campos: tuple[palavras.Campo, ...]


@tranca.como_sistema()  # quem mudou pode ser de um território que quem olha não alcança
def historia(entidade: Entidade) -> list[Passado]:
    """Os últimos atos sobre a entidade, em palavras; o nome de quem dirige não se abre aqui."""
    atos = list(trilha.atos_de(entidade).order_by("-em", "-id")[:ATOS_NA_HISTORIA])
    mudadas = trilha.alteracoes_dos_atos(atos).filter(tabela__startswith="entidades_", operacao=MUDANCA)
    de_cada: defaultdict[UUID | None, list[Alteracao]] = defaultdict(list)
    for alteracao in mudadas:
        de_cada[alteracao.transacao].append(alteracao)
    return [
        Passado(ato=em_palavras, campos=_o_que_mudou(de_cada[ato.transacao]))
        for ato, em_palavras in zip(atos, busca.em_palavras(atos, de_um=True), strict=True)
    ]


#: O que muda sempre, ou só serve à máquina, e não diz nada a quem lê a história.
_SEM_INTERESSE = {"nome sem acentos", "mudada em", "conferida em", "criada em", "versão", "entidade"}


def _o_que_mudou(mudadas: list[Alteracao]) -> tuple[palavras.Campo, ...]:
    """Os campos que já havia e mudaram; do que se acrescentou, a frase do ato basta."""
    return tuple(
        campo
        for mudanca in palavras.mudancas(mudadas, com_dado_pessoal=False)
        for campo in mudanca.campos
        if campo.nome not in _SEM_INTERESSE and campo.antes != campo.depois
    )


def casas_do_municipio(texto: str, municipio: str) -> list[Casa]:
    """As entidades com sede no município que o texto pode dizer, para quem nomeia o representante."""
    achadas = Entidade.objects.filter(municipio_id=municipio)
    for palavra in nome_de_busca(texto).split()[:6]:
        achadas = achadas.filter(nome_busca__contains=palavra)
    return [_casa(entidade) for entidade in achadas.order_by("nome_busca")[:200]]


def casas_pelos_ids(ids: Iterable[UUID]) -> dict[UUID, Casa]:
    """As entidades destes identificadores."""
    return {entidade.pk: _casa(entidade) for entidade in Entidade.objects.filter(pk__in=list(ids))}


def _casa(entidade: Entidade) -> Casa:
    return Casa(id=entidade.pk, nome=entidade.nome, municipio=entidade.municipio_id, especie="entidade")
