"""Os processos da norma como tabelas: um passo por alínea, na ordem dela, e os desvios que o projeto leu."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from normas.base.fundamento import Fundamento
from normas.base.vigencia import Vigencia
from normas.instancias.orgao import Orgao

PASTA = Path(__file__).parent / "fluxos"
#: Os processos, na ordem em que a norma os traz.
CODIGOS = (
    "habilitacao-municipio",
    "habilitacao-df",
    "habilitacao-estado",
    "desabilitacao",
    "recurso",
    "transicao-2005",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prazo:
    """Dias corridos até o ato, contados da entrada do processo numa etapa."""

    dias: int
    desde: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passo:
    """Quem pratica que ato, de que etapa para que etapa. O desvio é leitura do projeto, sob a mesma alínea."""

    alinea: str
    ato: str
    texto: str
    quem: Orgao
    de: str
    para: str
    prazo: Prazo | None
    fixa_prazo: bool
    so_depois_do_prazo: bool
    desvio: bool
    fundamento: Fundamento


@dataclass(frozen=True, slots=True, kw_only=True)
class Fluxo:
    """Um processo: etapas com nome, os passos da norma e os desvios."""

    codigo: str
    titulo: str
    comeca: str
    etapas: Mapping[str, str]
    passos: tuple[Passo, ...]
    desvios: tuple[Passo, ...]
    fundamento: Fundamento
    vigencia: Vigencia

    @property
    def todos(self) -> tuple[Passo, ...]:
        """Passos e desvios."""
        return self.passos + self.desvios

    def saem_de(self, etapa: str) -> tuple[Passo, ...]:
        """O que cabe numa etapa, o passo da norma primeiro; nada, quando o processo terminou nela."""
        return tuple(passo for passo in self.todos if passo.de == etapa)

    @property
    def finais(self) -> tuple[str, ...]:
        """As etapas em que o processo termina."""
        return tuple(etapa for etapa in self.etapas if not self.saem_de(etapa))


class FluxoDesconhecido(LookupError):
    """Não há processo com o código pedido."""


@cache
def fluxo(codigo: str) -> Fluxo:
    """O processo de um código. Erros: `FluxoDesconhecido`."""
    if codigo not in CODIGOS:
        raise FluxoDesconhecido(f"Não há processo “{codigo}”. Os que existem: {', '.join(CODIGOS)}.")
    dados = yaml.safe_load((PASTA / f"{codigo}.yaml").read_text(encoding="utf-8"))
    return Fluxo(
        codigo=dados["codigo"],
        titulo=dados["titulo"],
        comeca=dados["comeca"],
        etapas=MappingProxyType(dados["etapas"]),
        passos=tuple(_passo(linha, dados, desvio=False) for linha in dados["passos"]),
        desvios=tuple(_passo(linha, dados, desvio=True) for linha in dados["desvios"]),
        fundamento=Fundamento(**dados["fundamento"]),
        vigencia=Vigencia(dados["vigencia"]["desde"], dados["vigencia"]["ate"]),
    )


def _passo(linha: Mapping[str, Any], dados: Mapping[str, Any], *, desvio: bool) -> Passo:
    norma, dispositivo = dados["fundamento"]["norma"], dados["fundamento"]["dispositivo"]
    return Passo(
        alinea=linha["alinea"],
        ato=linha["ato"],
        texto=linha["texto"],
        quem=Orgao(linha["quem"]),
        de=linha["de"],
        para=linha["para"],
        prazo=Prazo(**linha["prazo"]) if "prazo" in linha else None,
        fixa_prazo=linha.get("fixa_prazo", False),
        so_depois_do_prazo=linha.get("so_depois_do_prazo", False),
        desvio=desvio,
        fundamento=Fundamento(norma, f"{dispositivo}, {linha['alinea']}"),
    )
