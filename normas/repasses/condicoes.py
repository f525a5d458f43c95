"""As condições a a g do item 5.3, uma a uma, com a evidência, o motivo e o que libera a parcela."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from normas.base.constatacao import NAO_SE_SABE, Constatacao, Situacao, pior
from normas.base.fundamento import Fundamento
from normas.base.vigencia import Vigencia
from normas.habilitacao.niveis import NivelDeGestao
from normas.pisos.direito import direito
from normas.pisos.piso import Piso

ARQUIVO = Path(__file__).parent / "condicoes.yaml"


class Ente(StrEnum):
    """De quem é o fundo que recebe."""

    MUNICIPIO = "MUNICIPIO"
    DF = "DF"
    UF = "UF"


class Destino(StrEnum):
    """O que acontece com a parcela."""

    SAI = "sai"
    ESPERA = "espera"
    RETIDA = "retida"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condicao:
    """Uma condição como a norma a escreve; `exigencias` diz, por código, o que a libera."""

    alinea: str
    titulo: str
    texto: str
    entes: tuple[Ente, ...]
    so_por_decisao: bool
    exigencias: Mapping[str, str]
    fundamento: Fundamento


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisaoDasBases:
    """A decisão registrada de alguém de que as bases não foram alimentadas (condição g).

    Erros: `ValueError` sem quem decidiu ou sem o motivo.
    """

    por: str
    dia: date
    motivo: str

    def __post_init__(self) -> None:
        if not self.por.strip() or not self.motivo.strip():
            raise ValueError("A condição g só falha por decisão: diga quem decidiu e por quê.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CondicaoConferida:
    """O que se sabe de uma condição. `segura` diz se ela impede a parcela de sair."""

    condicao: Condicao
    situacao: Situacao
    evidencia: str
    motivo: str
    libera: str
    segura: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verificacao:
    """As condições de uma parcela e o destino dela."""

    condicoes: tuple[CondicaoConferida, ...]
    mecanismos: tuple[CondicaoConferida, ...]
    vigente: bool

    @property
    def seguram(self) -> tuple[CondicaoConferida, ...]:
        """As que impedem a parcela de sair, na ordem da norma."""
        return tuple(conferida for conferida in (*self.condicoes, *self.mecanismos) if conferida.segura)

    @property
    def destino(self) -> Destino:
        """Sai com tudo comprovado; fica retida pelo que não atende; espera pelo que não se sabe."""
        if not self.seguram:
            return Destino.SAI
        return Destino.RETIDA if Situacao.NAO_ATENDE in {c.situacao for c in self.seguram} else Destino.ESPERA


class ConstatacaoDesconhecida(ValueError):
    """Informou-se algo que nenhuma condição exige: há engano no código."""


@cache
def condicoes() -> tuple[Condicao, ...]:
    """As sete condições, na ordem da norma."""
    return _lidas("condicoes")


@cache
def mecanismos() -> tuple[Condicao, ...]:
    """O que o item 5.4 acrescenta às condições."""
    return _lidas("mecanismos")


@cache
def vigencia() -> Vigencia:
    """Quando as condições regem os repasses."""
    periodo = _dados()["vigencia"]
    return Vigencia(periodo["desde"], periodo["ate"])


def conferir(
    *,
    ente: Ente,
    constatacoes: Mapping[str, Constatacao],
    em: date,
    decisao_das_bases: DecisaoDasBases | None = None,
) -> Verificacao:
    """Confere cada condição com o que se sabe; o que ninguém constatou não se sabe, e espera.

    A condição g só segura a parcela por decisão registrada: o que um sistema aponta é sinal, e só se mostra.

    Erros: `ConstatacaoDesconhecida`.
    """
    todas = condicoes() + mecanismos()
    conhecidas = {codigo for condicao in todas for codigo in condicao.exigencias}
    if sobram := sorted(set(constatacoes) - conhecidas):
        raise ConstatacaoDesconhecida(
            f"Nenhuma condição exige {', '.join(sobram)}. As que existem: {', '.join(sorted(conhecidas))}."
        )

    def _conferidas(lista: Iterable[Condicao]) -> tuple[CondicaoConferida, ...]:
        return tuple(_conferir(condicao, ente, constatacoes, decisao_das_bases) for condicao in lista)

    return Verificacao(
        condicoes=_conferidas(condicoes()), mecanismos=_conferidas(mecanismos()), vigente=vigencia().contem(em)
    )


def constatar_nivel(*, piso: Piso, nivel: NivelDeGestao | None, evidencia: str, em: date) -> Constatacao:
    """A exigência da condição a, pelo nível do município e o piso da parcela; sem nível registrado, não se sabe.

    Do município não habilitado quem recebe é o estado: a parcela dele não sai para o fundo municipal.
    """
    if nivel is None:
        return Constatacao(situacao=Situacao.NAO_SE_SABE, motivo="Não se sabe o nível de gestão do município.")
    do_nivel = direito(piso=piso, nivel=nivel, em=em)
    if do_nivel.recebe:
        return Constatacao(situacao=Situacao.ATENDE, evidencia=f"{evidencia}: {do_nivel.motivo}")
    return Constatacao(situacao=Situacao.NAO_ATENDE, evidencia=evidencia, motivo=do_nivel.motivo)


def _conferir(
    condicao: Condicao, ente: Ente, constatacoes: Mapping[str, Constatacao], decisao: DecisaoDasBases | None
) -> CondicaoConferida:
    if ente not in condicao.entes:
        return CondicaoConferida(
            condicao=condicao, situacao=Situacao.ATENDE, evidencia="Não se aplica a este ente.", motivo="", libera="",
            segura=False,
        )  # fmt: skip
    if condicao.so_por_decisao:
        return _pela_decisao(condicao, constatacoes, decisao)
    vistas = {codigo: constatacoes.get(codigo, NAO_SE_SABE) for codigo in condicao.exigencias}
    faltam = {codigo: vista for codigo, vista in vistas.items() if vista.situacao is not Situacao.ATENDE}
    return CondicaoConferida(
        condicao=condicao,
        situacao=pior(vista.situacao for vista in vistas.values()),
        evidencia=_juntar(vista.evidencia for vista in vistas.values()),
        motivo=_juntar(_motivo(codigo, vista) for codigo, vista in faltam.items()),
        libera=_juntar(vista.libera or condicao.exigencias[codigo] for codigo, vista in faltam.items()),
        segura=bool(faltam),
    )


def _pela_decisao(
    condicao: Condicao, constatacoes: Mapping[str, Constatacao], decisao: DecisaoDasBases | None
) -> CondicaoConferida:
    (codigo, libera), *_ = condicao.exigencias.items()
    vista = constatacoes.get(codigo, NAO_SE_SABE)
    if decisao is not None:
        return CondicaoConferida(
            condicao=condicao, situacao=Situacao.NAO_ATENDE, evidencia=vista.evidencia, segura=True,
            motivo=f"Decisão de {decisao.por}, de {decisao.dia:%d/%m/%Y}: {decisao.motivo}", libera=libera,
        )  # fmt: skip
    if vista.situacao is Situacao.ATENDE:
        return CondicaoConferida(
            condicao=condicao, situacao=Situacao.ATENDE, evidencia=vista.evidencia, motivo="", libera="", segura=False
        )
    sinal = f"Há sinal de falta ({vista.motivo.rstrip('.')}). " if vista.motivo else ""
    return CondicaoConferida(
        condicao=condicao, situacao=Situacao.NAO_SE_SABE, evidencia=vista.evidencia, segura=False, libera="",
        motivo=f"{sinal}Só a decisão registrada de alguém a dá por não cumprida; até lá não segura a parcela.",
    )  # fmt: skip


_NOMES = {
    "nivel_de_gestao": "o nível de gestão",
    "unidade_orcamentaria": "a unidade orçamentária do fundo",
    "contas_aprovadas": "a aprovação das contas do exercício anterior",
    "partilha": "de que partilha ou série histórica vem a parcela",
    "relatorio_aprovado": "a aprovação do relatório do exercício anterior",
    "conselho": "o conselho em funcionamento",
    "plano": "o plano de assistência social aprovado",
    "fundo": "o fundo em funcionamento",
    "recursos_proprios": "os recursos próprios no fundo",
    "plano_de_acao": "o plano de ação validado",
}


def _motivo(codigo: str, vista: Constatacao) -> str:
    return vista.motivo or f"Não se comprovou {_NOMES[codigo]}."


def _juntar(frases: Iterable[str]) -> str:
    return " ".join(f"{frase.rstrip('.')}." for frase in frases if frase)


def _dados() -> dict[str, Any]:
    dados: dict[str, Any] = yaml.safe_load(ARQUIVO.read_text(encoding="utf-8"))
    return dados


def _lidas(nome: str) -> tuple[Condicao, ...]:
    dados = _dados()
    return tuple(
        Condicao(
            alinea=linha["alinea"],
            titulo=linha["titulo"],
            texto=linha["texto"],
            entes=tuple(Ente(ente) for ente in linha["entes"]),
            so_por_decisao=linha.get("so_por_decisao", False),
            exigencias=MappingProxyType(linha["exigencias"]),
            fundamento=Fundamento(dados["norma"], linha["dispositivo"]),
        )
        for linha in dados[nome]
    )
