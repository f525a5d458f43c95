"""Os níveis de gestão como dado: requisitos, exigências com o que as comprova, responsabilidades e incentivos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from normas.base.fundamento import Fundamento
from normas.base.vigencia import Vigencia

PASTA = Path(__file__).parent / "niveis"


class NivelDeGestao(StrEnum):
    """Níveis de gestão da NOB/SUAS 2005; `df` é a gestão comprovada do Distrito Federal (2.2, ADR 0012)."""

    NAO_HABILITADO = "nao_habilitado"
    INICIAL = "inicial"
    BASICA = "basica"
    PLENA = "plena"
    DF = "df"

    @property
    def nome(self) -> str:
        """Nome como a norma o escreve."""
        return _NOMES[self]


_NOMES = {
    NivelDeGestao.NAO_HABILITADO: "não habilitado",
    NivelDeGestao.INICIAL: "gestão inicial",
    NivelDeGestao.BASICA: "gestão básica",
    NivelDeGestao.PLENA: "gestão plena",
    NivelDeGestao.DF: "gestão do Distrito Federal",
}

#: Os níveis de um município, do menor ao maior.
DO_MUNICIPIO = (NivelDeGestao.NAO_HABILITADO, NivelDeGestao.INICIAL, NivelDeGestao.BASICA, NivelDeGestao.PLENA)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Uma alínea da norma."""

    alinea: str
    texto: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requisito:
    """Uma alínea dos requisitos e os códigos das exigências que a mostram cumprida."""

    alinea: str
    texto: str
    exigencias: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exigencia:
    """O que se comprova e com que documentos; sem instrumentos, a norma não pede documento próprio."""

    codigo: str
    requisito: str
    instrumentos: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gestao:
    """Uma condição de gestão como a norma a descreve. `ente` é MUNICIPIO, DF, UF ou BR."""

    codigo: str
    ente: str
    nome: str
    transicao: bool
    requisitos: tuple[Requisito, ...]
    exigencias: tuple[Exigencia, ...]
    responsabilidades: tuple[Item, ...]
    incentivos: tuple[Item, ...]
    responsabilidades_de_aprimoramento: tuple[Item, ...]
    incentivos_de_aprimoramento: tuple[Item, ...]
    fundamento: Fundamento
    vigencia: Vigencia

    def exigencia(self, codigo: str) -> Exigencia:
        """A exigência de um código. Erros: `KeyError`."""
        return {exigencia.codigo: exigencia for exigencia in self.exigencias}[codigo]


class GestaoDesconhecida(LookupError):
    """Não há, na norma, a condição de gestão pedida."""


@cache
def gestoes() -> tuple[Gestao, ...]:
    """Todas as condições de gestão conhecidas, com as da transição de 2005."""
    return tuple(_ler(arquivo) for arquivo in sorted(PASTA.glob("*.yaml")))


def gestao(codigo: str, *, em: date) -> Gestao:
    """A condição de gestão com os requisitos do dia; fora da vigência, os do dia vigente mais próximo (ADR 0001).

    No segundo semestre de 2005, básica e plena têm os requisitos da transição (item 6).

    Erros: `GestaoDesconhecida`.
    """
    versoes = [achada for achada in gestoes() if achada.codigo == codigo]
    if not versoes:
        nomes = ", ".join(sorted({achada.codigo for achada in gestoes()}))
        raise GestaoDesconhecida(f"“{codigo}” não é uma condição de gestão da norma. As que existem: {nomes}.")
    # A transição, quando vale no dia, vem antes da regra comum.
    return min(versoes, key=lambda achada: (abs(achada.vigencia.mais_proximo(em) - em), not achada.transicao))


def nivel_automatico(*, habilitado_pela_nob_1999: bool) -> NivelDeGestao:
    """O nível com que se começa: quem já tinha a gestão municipal passa à inicial sem processo (2.5, I, e 6)."""
    return NivelDeGestao.INICIAL if habilitado_pela_nob_1999 else NivelDeGestao.NAO_HABILITADO


def municipio_gere_os_recursos(nivel: NivelDeGestao) -> bool:
    """Se o próprio município gere o recurso federal das ações continuadas; senão, é o gestor estadual (2.1, IV)."""
    return nivel is not NivelDeGestao.NAO_HABILITADO


def _ler(arquivo: Path) -> Gestao:
    dados = yaml.safe_load(arquivo.read_text(encoding="utf-8"))
    return Gestao(
        codigo=dados["codigo"],
        ente=dados["ente"],
        nome=dados["nome"],
        transicao=dados.get("transicao", False),
        requisitos=tuple(
            Requisito(alinea=linha["alinea"], texto=linha["texto"], exigencias=tuple(linha["exigencias"]))
            for linha in dados["requisitos"]
        ),
        exigencias=tuple(
            Exigencia(codigo=linha["codigo"], requisito=linha["requisito"], instrumentos=tuple(linha["instrumentos"]))
            for linha in dados["exigencias"]
        ),
        responsabilidades=_itens(dados, "responsabilidades"),
        incentivos=_itens(dados, "incentivos"),
        responsabilidades_de_aprimoramento=_itens(dados, "responsabilidades_de_aprimoramento"),
        incentivos_de_aprimoramento=_itens(dados, "incentivos_de_aprimoramento"),
        fundamento=Fundamento(**dados["fundamento"]),
        vigencia=Vigencia(dados["vigencia"]["desde"], dados["vigencia"].get("ate")),
    )


def _itens(dados: Mapping[str, Any], nome: str) -> tuple[Item, ...]:
    return tuple(Item(alinea=linha["alinea"], texto=linha["texto"]) for linha in dados.get(nome, ()))
