"""Os pisos da proteção social como dado: a que servem, a fórmula de cada tempo e quem os recebe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from normas.base.fundamento import Fundamento
from normas.base.vigencia import Vigencia
from normas.habilitacao.niveis import NivelDeGestao

ARQUIVO = Path(__file__).parent / "pisos.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letra:
    """Uma letra da fórmula: o que é e como se escreve (reais, inteiro ou numero)."""

    letra: str
    nome: str
    tipo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """(numerador / divisor) / meses, num período, com o item da norma."""

    numerador: Letra
    divisor: Letra
    meses: Letra
    fundamento: Fundamento
    vigencia: Vigencia
    observacao: str

    @property
    def letras(self) -> tuple[Letra, ...]:
        """As letras, na ordem da conta."""
        return (self.numerador, self.divisor, self.meses)

    def __str__(self) -> str:
        """Como a norma a escreve."""
        return f"({self.numerador.letra} / {self.divisor.letra}) / {self.meses.letra}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmParte:
    """O que um nível recebe de um piso que não é dele por inteiro."""

    parcela: str
    fundamento: Fundamento


@dataclass(frozen=True, slots=True, kw_only=True)
class Piso:
    """Um piso: o código que o projeto usa, o nome da norma, as fórmulas e os níveis que o recebem."""

    codigo: str
    nome: str
    por: str
    serve: str
    outros_nomes: tuple[str, ...]
    formulas: tuple[Formula, ...]
    recebem: Mapping[NivelDeGestao, Fundamento]
    em_parte: Mapping[NivelDeGestao, EmParte]
    do_nao_habilitado: bool
    nao_aplicavel_ate: date | None
    nao_aplicavel_por: Fundamento | None


class PisoDesconhecido(LookupError):
    """Não há piso com o nome pedido."""


class PisoNaoAplicavel(LookupError):
    """O piso existe, mas a norma não o aplica no dia."""


@cache
def pisos() -> tuple[Piso, ...]:
    """Todos os pisos, na ordem da norma."""
    dados = yaml.safe_load(ARQUIVO.read_text(encoding="utf-8"))
    return tuple(_ler(codigo, linha, dados["norma"]) for codigo, linha in dados["pisos"].items())


def piso(nome: str) -> Piso:
    """O piso de um nome, como a norma ou o projeto o escreve. Erros: `PisoDesconhecido`."""
    procurado = nome.strip().upper()
    for achado in pisos():
        if procurado in (achado.codigo, *achado.outros_nomes):
            return achado
    raise PisoDesconhecido(f"“{nome}” não é um piso da norma. Os que existem: {', '.join(p.codigo for p in pisos())}.")


def formula_em(escolhido: Piso, *, em: date) -> Formula:
    """A fórmula do dia; fora da vigência da norma, a do dia vigente mais próximo (ADR 0001).

    Erros: `PisoNaoAplicavel` quando a norma diz que o piso ainda não se aplica.
    """
    limite = escolhido.nao_aplicavel_ate
    if limite is not None and em < limite:
        raise PisoNaoAplicavel(
            f"O {escolhido.nome} não se aplica antes de {limite:%d/%m/%Y} ({escolhido.nao_aplicavel_por})."
        )
    return min(escolhido.formulas, key=lambda formula: abs(formula.vigencia.mais_proximo(em) - em))


def _ler(codigo: str, linha: Mapping[str, Any], norma: str) -> Piso:
    parada = linha.get("nao_aplicavel")
    return Piso(
        codigo=codigo,
        nome=linha["nome"],
        por=linha["por"],
        serve=linha["serve"],
        outros_nomes=tuple(linha.get("outros_nomes", ())),
        formulas=tuple(_formula(formula, norma) for formula in linha["formulas"]),
        recebem=MappingProxyType(
            {NivelDeGestao(nivel): Fundamento(norma, item) for nivel, item in linha["recebem"].items()}
        ),
        em_parte=MappingProxyType(
            {
                NivelDeGestao(nivel): EmParte(
                    parcela=parte["parcela"], fundamento=Fundamento(norma, parte["dispositivo"])
                )
                for nivel, parte in linha.get("em_parte", {}).items()
            }
        ),
        do_nao_habilitado=linha.get("do_nao_habilitado", False),
        nao_aplicavel_ate=parada["ate"] if parada else None,
        nao_aplicavel_por=Fundamento(norma, parada["dispositivo"]) if parada else None,
    )


def _formula(dados: Mapping[str, Any], norma: str) -> Formula:
    return Formula(
        numerador=Letra(**dados["numerador"]),
        divisor=Letra(**dados["divisor"]),
        meses=Letra(**dados["meses"]),
        fundamento=Fundamento(norma, dados["dispositivo"]),
        vigencia=Vigencia(dados["desde"], dados["ate"]),
        observacao=dados.get("observacao", ""),
    )
