"""As entidades na página do município: só números, com a lista atrás de cada um."""

from __future__ import annotations

from datetime import date
from typing import Any

from suas.cadastros.entidades.consultas import cadastro, cneas
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.permissoes.ator import Ator


def na_pagina(municipio: Municipio, ator: Ator, hoje: date) -> dict[str, Any] | None:
    """As entidades com sede ou atuação no município; nada, se o cadastro não tem nenhuma."""
    onde = cadastro.Onde(texto=str(municipio), codigos=(municipio.pk,))
    daqui = cadastro.listar(cadastro.Filtro(onde=onde)).order_by()
    total = daqui.count()
    if not total:
        return None
    return {
        "codigo": municipio.pk,
        "total": total,
        "inscritas": cneas.na_situacao(daqui, "inscrita").count(),
        "concluidas": cneas.na_situacao(daqui, "concluido").count(),
    }
