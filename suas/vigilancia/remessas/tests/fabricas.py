"""Remessas inventadas, pelos atos da casa."""

from __future__ import annotations

from typing import Any

from suas.cadastros.rede.models import Unidade
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.permissoes.ator import Ator
from suas.vigilancia.mensais.tests import fabricas
from suas.vigilancia.mensais.tests.fabricas import MES
from suas.vigilancia.remessas import tarefas
from suas.vigilancia.remessas.models import Remessa


def mes(unidade: Unidade, *, motivo: str = "", **itens: Any) -> dict[str, Any]:
    """O mês da unidade como um programa manda, todo com zero salvo os itens ditos."""
    mandado = {"unidade": unidade.identificador or str(unidade.pk), "competencia": str(MES)}
    return mandado | {"itens": fabricas.zerado(unidade, **itens)} | ({"motivo": motivo} if motivo else {})


def feita(por: Ator, *meses: dict[str, Any]) -> Remessa:
    """Uma remessa já feita; sem meses, com um de unidade que não há."""
    nada = {"unidade": "99999999999", "competencia": str(MES), "itens": {"A.1": 1}}
    remessa = tarefas.mandar(meses=meses or (nada,), por=por, em=AGORA)
    remessa.refresh_from_db()
    return remessa
