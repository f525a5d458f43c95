"""As listas das telas de insumos e de indicadores complementares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from normas.partilha.opcoes import Instancia
from normas.territorio.federacao import UF_POR_CODIGO, UF_POR_SIGLA
from normas.territorio.porte import Porte
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.financas.partilhas.consultas.dados import DADOS, Dado
from suas.financas.partilhas.consultas.entradas import (
    DadoDoMunicipio,
    conferir,
    insumos_do_alcance,
    linhas_do_municipio,
    opcoes_de,
)
from suas.financas.partilhas.models import Insumo, Partilha
from suas.nucleo.permissoes.ator import Ator

MOSTRAR = {"": "Todos", "faltas": "Com dado que falta ou não serve", "digitados": "Com dado digitado aqui"}
ORDENS = {"nome": "municipio__nome_busca", "uf": "uf", "codigo": "municipio_id"}


@dataclass(frozen=True, kw_only=True)
class FiltroDeInsumos:
    """O que a pessoa pediu no endereço; o que não se entende vale como não pedido."""

    termo: str
    uf: str
    mostrar: str
    ordem: str

    @classmethod
    def de(cls, consulta: Mapping[str, str]) -> FiltroDeInsumos:
        uf, mostrar, ordem = consulta.get("uf", ""), consulta.get("mostrar", ""), consulta.get("ordem", "")
        return cls(
            termo=consulta.get("q", "").strip(),
            uf=uf if uf in UF_POR_SIGLA else "",
            mostrar=mostrar if mostrar in MOSTRAR else "",
            ordem=ordem if ordem.removeprefix("-") in ORDENS else "nome",
        )


def insumos(ator: Ator, partilha: Partilha, filtro: FiltroDeInsumos) -> QuerySet[Insumo]:
    """Os insumos que o ator vê, filtrados e em ordem."""
    achados = insumos_do_alcance(ator, partilha)
    if filtro.termo:
        nome = nome_de_busca(filtro.termo)
        achados = achados.filter(
            Q(municipio__nome_busca__contains=nome) | Q(municipio__codigo_ibge__startswith=filtro.termo)
        )
    if filtro.uf:
        achados = achados.filter(uf=filtro.uf)
    if filtro.mostrar == "faltas":
        achados = achados.filter(municipio_id__in=_com_falta(partilha))
    elif filtro.mostrar == "digitados":
        achados = achados.filter(municipio_id__in=_com_digitado(partilha))
    sentido = "-" if filtro.ordem.startswith("-") else ""
    return achados.order_by(f"{sentido}{ORDENS[filtro.ordem.removeprefix('-')]}", "municipio_id")


def _com_falta(partilha: Partilha) -> list[str]:
    insumos = list(partilha.insumos.order_by("municipio_id"))
    return sorted({insumos[falha.linha - 2].municipio_id for falha in conferir(partilha, insumos).falhas})


def _com_digitado(partilha: Partilha) -> list[str]:
    """Os municípios com algum dado digitado nesta partilha: poucos, achados pelas origens que diferem da comum."""
    pares = partilha.insumos.exclude(origens={}).values_list("municipio_id", "origens")
    return [codigo for codigo, origens in pares if any(o.get("motivo") for o in origens.values())]


def colunas_de_insumos(partilha: Partilha) -> list[Dado]:
    """Os dados que esta partilha usa, na ordem da norma."""
    usados = opcoes_de(partilha, com_complementares=False).colunas_da_entrada
    return [dado for dado in DADOS if dado.nome in usados]


@dataclass(frozen=True, kw_only=True)
class LinhaDeInsumo:
    """Um município na lista de insumos, com cada dado como se lê."""

    insumo: Insumo
    dados: list[DadoDoMunicipio]


def lidos(chaves: Sequence[int]) -> list[Insumo]:
    """Os insumos destas chaves, na ordem delas, com o município e a UF."""
    achados = Insumo.objects.select_related("municipio__uf").in_bulk(chaves)
    return [achados[chave] for chave in chaves]


def linhas_de_insumos(partilha: Partilha, pagina: Sequence[Insumo]) -> list[LinhaDeInsumo]:
    """As linhas de uma página da lista, com as mesmas consultas para uma ou muitas."""
    opcoes = opcoes_de(partilha, com_complementares=False)
    return [
        LinhaDeInsumo(insumo=insumo, dados=linhas_do_municipio(partilha, insumo, opcoes=opcoes)) for insumo in pagina
    ]


def ufs_da_partilha(ator: Ator, partilha: Partilha) -> list[tuple[str, str]]:
    """As UFs com município que o ator vê, para o filtro."""
    # pelos dois primeiros algarismos do código, que estão no índice: a linha, larga, nem se lê
    codigos = insumos_do_alcance(ator, partilha).order_by().values_list(Substr("municipio_id", 1, 2)).distinct()
    ufs = (UF_POR_CODIGO[codigo] for (codigo,) in codigos)
    return sorted(((uf.sigla, uf.nome) for uf in ufs), key=lambda par: par[1])


@dataclass(frozen=True, kw_only=True)
class OrigemComum:
    """De onde veio um dado na maior parte dos municípios."""

    dado: Dado
    fonte: str
    ano: int | None
    sintetico: bool


def origens_da_partilha(partilha: Partilha) -> list[OrigemComum]:
    """A fonte e o ano de cada dado que esta partilha usa; fora da lista, o dado que nenhum município tem."""
    return [
        OrigemComum(dado=dado, fonte=comum["fonte"], ano=comum["ano"], sintetico=comum["sintetico"])
        for dado in colunas_de_insumos(partilha)
        if (comum := partilha.origens.get(dado.nome))
    ]


@dataclass(frozen=True, kw_only=True)
class GrupoDeComplementares:
    """As instâncias de um porte e quem escolhe por elas."""

    porte: Porte
    quem: str
    agora: str
    instancias: list[tuple[Instancia, str]]


_QUEM_ESCOLHE = {
    Porte.PEQUENO_I: "a CIB de cada estado",
    Porte.PEQUENO_II: "a CIB de cada estado",
    Porte.MEDIO: "a CIT, ouvidos os estados de cada região",
    Porte.GRANDE: "a CIT, ouvidos os estados de cada região",
    Porte.METROPOLE: "a CIT",
}


def grupos_de_complementares(partilha: Partilha, instancias: list[Instancia]) -> list[GrupoDeComplementares]:
    """As instâncias por porte, com o nome por extenso de cada uma e o que está gravado em uma frase."""
    gravados: dict[str, set[str]] = {}
    for linha in partilha.complementares.all():
        ano = f" ({linha.ano})" if linha.ano else ""
        gravados.setdefault(linha.porte, set()).add(f"{linha.nome}{ano}, {linha.get_direcao_display()}")
    return [
        GrupoDeComplementares(
            porte=porte,
            quem=_QUEM_ESCOLHE[porte],
            agora=_em_uma_frase(gravados.get(porte.value, set())),
            instancias=[(chave, _nome(chave[1])) for chave in instancias if chave[0] is porte],
        )
        for porte in dict.fromkeys(chave[0] for chave in instancias)
    ]


def _em_uma_frase(escolhas: set[str]) -> str:
    if len(escolhas) == 1:
        return next(iter(escolhas))
    return f"{len(escolhas)} escolhas diferentes" if escolhas else "nada escolhido"


def _nome(instancia: str) -> str:
    if instancia in UF_POR_SIGLA:
        return UF_POR_SIGLA[instancia].nome
    return "Brasil" if instancia == "BR" else instancia
