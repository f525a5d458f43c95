"""Cada ato em palavras. O módulo dono do ato declara a frase, no seu `frases.py`:

    FRASES = {
        "partilhas.abrir": "abriu a partilha {objeto}",
        "territorio.gravar_populacao": "gravou a população de {ano}",
    }

e, no `ready`, `trilha.frases.declarar(frases.FRASES)`. A frase começa por um verbo no passado, de que é sujeito quem
agiu. `{objeto}` é o nome do que o ato mudou; os outros nomes são chaves de `dados` do ato. Um contrato exige frase
para todo ato que o programa registra.

O ato que põe muitos de uma vez conta-se de outro jeito na história de um deles: `na_historia` de `declarar` traz essa
frase (“pôs no cadastro, numa carga de 202 unidades”); sem ela, vale a primeira.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAO_DITO = "(não dito)"
_FRASES: dict[str, str] = {}
_NA_HISTORIA: dict[str, str] = {}


def declarar(frases: Mapping[str, str], *, na_historia: Mapping[str, str] | None = None) -> None:
    """Declara as frases; repetir a mesma não muda nada, outra para o mesmo ato é erro."""
    for onde, novas in ((_FRASES, frases), (_NA_HISTORIA, na_historia or {})):
        for ato, frase in novas.items():
            if onde.setdefault(ato, frase) != frase:
                raise ValueError(f"O ato {ato} já tem outra frase.")


def declaradas() -> Mapping[str, str]:
    return dict(_FRASES)


class _Dados(dict[str, Any]):
    def __missing__(self, chave: str) -> str:
        return NAO_DITO


def da_historia() -> Mapping[str, str]:
    return dict(_NA_HISTORIA)


def em_palavras(ato: str, *, objeto: str, dados: Mapping[str, Any], de_um: bool = False) -> str:
    """O que foi feito, em palavras; `de_um`, na história de um dos que o ato mudou.

    Ato de uma versão antiga, sem frase, diz isso e o seu nome.
    """
    frase = (_NA_HISTORIA.get(ato) if de_um else None) or _FRASES.get(ato)
    if frase is None:
        return f"fez um ato de outra versão do sistema ({ato})"
    ditos = {chave: _contagem(chave, valor) for chave, valor in dados.items()}
    return frase.format_map(_Dados(ditos, objeto=objeto))


def _contagem(chave: str, valor: object) -> object:
    """11194 órgãos são “11.194 órgãos”; só nas contagens, que ano e código não levam ponto."""
    conta = chave in {"quantos", "quantas"} and isinstance(valor, int)
    return f"{valor:,}".replace(",", ".") if conta else valor


def rotulo(ato: str) -> str:
    """A frase para o filtro: reticências no lugar do que muda de um ato para outro."""
    return _FRASES.get(ato, ato).format_map(_SoTexto())


class _SoTexto(dict[str, Any]):
    def __missing__(self, chave: str) -> str:
        return "…"
