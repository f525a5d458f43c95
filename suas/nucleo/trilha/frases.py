"""Cada ato em palavras. O módulo dono do ato declara a frase, no seu `frases.py`:

    FRASES = {
        "partilhas.abrir": "abriu a partilha {objeto}",
        "territorio.gravar_populacao": "gravou a população de {ano}",
    }

e, no `ready`, `trilha.frases.declarar(frases.FRASES)`. A frase começa por um verbo no passado, de que é sujeito quem
agiu. `{objeto}` é o nome do que o ato mudou; os outros nomes são chaves de `dados` do ato. Um contrato exige frase
para todo ato que o programa registra.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAO_DITO = "(não dito)"
_FRASES: dict[str, str] = {}


def declarar(frases: Mapping[str, str]) -> None:
    """Declara as frases; repetir a mesma não muda nada, outra para o mesmo ato é erro."""
    for ato, frase in frases.items():
        if _FRASES.setdefault(ato, frase) != frase:
            raise ValueError(f"O ato {ato} já tem outra frase.")


def declaradas() -> Mapping[str, str]:
    return dict(_FRASES)


class _Dados(dict[str, Any]):
    def __missing__(self, chave: str) -> str:
        return NAO_DITO


def em_palavras(ato: str, *, objeto: str, dados: Mapping[str, Any]) -> str:
    """O que foi feito, em palavras. Ato de uma versão antiga, sem frase, diz isso e o seu nome."""
    frase = _FRASES.get(ato)
    if frase is None:
        return f"fez um ato de outra versão do sistema ({ato})"
    return frase.format_map(_Dados(dados, objeto=objeto))


def rotulo(ato: str) -> str:
    """A frase para o filtro: reticências no lugar do que muda de um ato para outro."""
    return _FRASES.get(ato, ato).format_map(_SoTexto())


class _SoTexto(dict[str, Any]):
    def __missing__(self, chave: str) -> str:
        return "…"
