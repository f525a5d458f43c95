"""Lê os blocos do Prontuário SUAS: `prontuario().fichas["4"]`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from normas.base.fundamento import Fundamento
from normas.prontuario.modelo import Bloco, Campo, Ficha, IdadeMinima, Modelo, Quadro, Tipo

ARQUIVO = Path(__file__).parent / "blocos.yaml"


class FichaDesconhecida(LookupError):
    """Não há ficha com o código pedido."""


@cache
def prontuario() -> Modelo:
    """O modelo em uso."""
    dados = yaml.safe_load(ARQUIVO.read_text(encoding="utf-8"))
    return Modelo(
        versao=dados["modelo"],
        fundamento=Fundamento(**dados["fundamento"]),
        fontes=tuple(dados["fontes"]),
        blocos=tuple(_bloco(linha) for linha in dados["blocos"]),
    )


def ficha(codigo: str) -> Ficha:
    """A ficha de um código. Erros: `FichaDesconhecida`, que diz as que há."""
    fichas = prontuario().fichas
    if codigo not in fichas:
        raise FichaDesconhecida(f"Não há a ficha “{codigo}” no Prontuário SUAS. As que há: {', '.join(fichas)}.")
    return fichas[codigo]


def _bloco(linha: Mapping[str, Any]) -> Bloco:
    return Bloco(
        numero=linha["numero"],
        titulo=linha["titulo"],
        onde=linha.get("onde", ""),
        fichas=tuple(_ficha(item, linha["numero"]) for item in linha.get("fichas", ())),
    )


def _ficha(linha: Mapping[str, Any], bloco: int) -> Ficha:
    return Ficha(
        codigo=linha["codigo"],
        bloco=bloco,
        titulo=linha["titulo"],
        da_pessoa=linha.get("de") == "pessoa",
        sigilosa=linha.get("sigilosa", False),
        ajuda=linha.get("ajuda", ""),
        campos=tuple(_campo(item) for item in linha["campos"]),
        quadros=tuple(_quadro(item) for item in linha.get("quadros", ())),
    )


def _quadro(linha: Mapping[str, Any]) -> Quadro:
    return Quadro(codigo=linha["codigo"], titulo=linha["titulo"], campos=tuple(_campo(c) for c in linha["campos"]))


def _campo(linha: Mapping[str, Any]) -> Campo:
    # o YAML lê `sim` como palavra, e não como verdadeiro; os códigos são sempre texto
    ((outro, resposta),) = linha["se"].items() if "se" in linha else (("", ""),)
    idade = linha.get("idade_minima")
    simples = {k: v for k, v in linha.items() if k not in {"tipo", "opcoes", "se", "idade_minima"}}
    return Campo(
        tipo=Tipo(linha["tipo"]),
        opcoes={str(codigo): str(texto) for codigo, texto in linha.get("opcoes", {}).items()},
        se=(outro, resposta) if outro else None,
        idade_minima=IdadeMinima(anos=idade["anos"], salvo=tuple(idade["salvo"])) if idade else None,
        **simples,
    )
