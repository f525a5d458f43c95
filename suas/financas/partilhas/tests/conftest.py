"""Quem age nos testes da partilha, e a federação pequena."""

from __future__ import annotations

import pytest

from suas.financas.partilhas.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import ator
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL, CONSELHEIRO, GESTAO_ESTADUAL, GESTAO_MUNICIPAL


@pytest.fixture
def federal(db: None) -> Ator:
    return ator(ADMINISTRACAO_FEDERAL, "BR")


@pytest.fixture
def estadual(db: None) -> Ator:
    return ator(GESTAO_ESTADUAL, "32")


@pytest.fixture
def municipal(db: None) -> Ator:
    return ator(GESTAO_MUNICIPAL, "3200102")


@pytest.fixture
def conselho(db: None) -> Ator:
    return ator(CONSELHEIRO, "BR")


@pytest.fixture
def lugares(federal: Ator) -> None:
    fabricas.territorio(por=federal)
