"""Põe no pedido o instante e quem age; ninguém abaixo das telas lê o relógio."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from suas.nucleo import tranca
from suas.nucleo.identidade import consultas, lugares
from suas.nucleo.identidade.models import Vinculo
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator
from suas.nucleo.tela import instalacao

CHAVE_DO_VINCULO = "vinculo"


class AtorDoPedido:
    """Define `request.agora` (UTC), `request.hoje` (Brasília) e, lidos do banco só se usados, `vinculos` e `ator`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.agora = timezone.now()
        request.hoje = dia_em_brasilia(request.agora)
        request.vinculos = SimpleLazyObject(lambda: _vinculos(request))
        request.ator = SimpleLazyObject(lambda: _ator(request))
        request.outros_vinculos = SimpleLazyObject(
            lambda: [v for v in request.vinculos if request.ator.vinculo is None or v.pk != request.ator.vinculo.pk]
        )
        with instalacao.lida_uma_vez():
            return self.get_response(request)


class SegundaTranca:
    """Diz ao PostgreSQL, a cada pedido, em que abrangência e por que pessoa se age; no fim, que ninguém mais age.

    Uma tela com defeito, que esqueça o filtro, não lê nem escreve fora do que a conta dela alcança (ADR 0030).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        # sem sessão não há pessoa: perguntar por ela faria a resposta variar conforme o cookie
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            pessoa = str(request.user.pk)
            # os próprios vínculos, de que sai a abrangência, cada um sempre vê
            tranca.dizer_quem_age(abrangencia=tranca.PUBLICO, pessoa=pessoa)
            tranca.dizer_quem_age(abrangencia=request.ator.abrangencia, pessoa=pessoa)
        else:
            tranca.dizer_quem_age(abrangencia=tranca.PUBLICO)
        try:
            return self.get_response(request)
        finally:
            tranca.deixar_de_agir()


def ao_entrar(*, request: Any, user: Any, **_: Any) -> None:
    """No pedido em que a pessoa entra, ela passa a ver os próprios vínculos (sinal `user_logged_in`)."""
    if getattr(request, "ator", None) is not None:
        tranca.dizer_quem_age(abrangencia=tranca.PUBLICO, pessoa=str(user.pk))


def dia_em_brasilia(instante: datetime) -> date:
    return timezone.localtime(instante).date()


def _ator(request: Any) -> Ator:
    if not request.user.is_authenticated:
        return ATOR_PUBLICO
    return consultas.ator_entre(
        request.user, vigentes=list(request.vinculos), vinculo_id=request.session.get(CHAVE_DO_VINCULO)
    )


def _vinculos(request: Any) -> list[Vinculo]:
    """Os vínculos vigentes de quem entrou, numa consulta que serve ao ator e à troca no cabeçalho."""
    if not request.user.is_authenticated:
        return []
    vigentes = list(consultas.vinculos_vigentes(request.user, em=request.hoje))
    lugares.nomes(v.abrangencia for v in vigentes)
    return vigentes
