"""Põe no pedido o instante e quem age; ninguém abaixo das telas lê o relógio."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from suas.nucleo.identidade import consultas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator

CHAVE_DO_VINCULO = "vinculo"


class AtorDoPedido:
    """Define `request.agora` (UTC), `request.hoje` (Brasília) e `request.ator` (lido do banco só se usado)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.agora = timezone.now()
        request.hoje = dia_em_brasilia(request.agora)
        request.ator = SimpleLazyObject(lambda: _ator(request))
        return self.get_response(request)


def dia_em_brasilia(instante: datetime) -> date:
    return timezone.localtime(instante).date()


def _ator(request: Any) -> Ator:
    if not request.user.is_authenticated:
        return ATOR_PUBLICO
    return consultas.ator_de(request.user, vinculo_id=request.session.get(CHAVE_DO_VINCULO), em=request.hoje)
