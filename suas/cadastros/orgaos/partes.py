"""A página do ente recebe o cartão de outros módulos, como o fundo: cada um registra o seu.

# no ready() do módulo dono do assunto
partes.registrar(partes.Parte(template="fundos/_no_ente.jinja", contexto=consultas.para_a_pagina_do_ente))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from suas.nucleo.permissoes.ator import Ator

#: (código do ente, ator, hoje) -> os nomes que o modelo usa
Contexto = Callable[[str, Ator, date], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Parte:
    template: str
    contexto: Contexto


_partes: dict[str, Parte] = {}


def registrar(parte: Parte) -> None:
    """Põe o cartão na página do ente; registrar de novo o mesmo modelo substitui."""
    _partes[parte.template] = parte


def montar(codigo: str, *, ator: Ator, hoje: date) -> list[tuple[str, dict[str, Any]]]:
    """Cada cartão com o seu contexto calculado."""
    return [(parte.template, parte.contexto(codigo, ator, hoje)) for parte in _partes.values()]
