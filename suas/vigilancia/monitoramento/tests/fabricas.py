"""Quem acompanha, inventado para os testes."""

from __future__ import annotations

from dataclasses import replace

from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes import papeis
from suas.nucleo.permissoes.ator import Ator


def na_gerencia(area: str, uf: str = "32") -> Ator:
    """Alguém de uma gerência estadual."""
    ator = identidade.ator(papeis.GERENCIA_ESTADUAL, uf)
    assert ator.vinculo is not None
    ator.vinculo.area = area
    ator.vinculo.save()
    return replace(ator)
