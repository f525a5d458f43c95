"""Territórios de CRAS inventados, feitos pelo ato da casa."""

from __future__ import annotations

from typing import Any

from suas.cadastros.cobertura import acoes
from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.rede.models import Unidade
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.permissoes.ator import ATOR_PUBLICO


def territorio(unidade: Unidade, **campos: Any) -> TerritorioDoCras:
    """O território do CRAS, definido pela primeira vez."""
    return acoes.definir_territorio(
        unidade=unidade, abrange=acoes.Abrange(**campos), versao=0, por=ATOR_PUBLICO, em=AGORA
    )  # fmt: skip
