"""Limite de tentativas por endereço de rede, para o que se abre sem ter entrado."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def limitada(acao: str, taxa: str) -> Callable[[View], View]:
    """Acima da taxa (“20/m/ip”), 429 em palavras, também na leitura: quem adivinha endereços só precisa ler."""

    def decorar(view: View) -> View:
        @wraps(view)
        def com_limite(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            recusa = ratelimit.consume_or_429(
                request, app="suas.nucleo.identidade", action=acao, config={acao: taxa}, limit_get=True
            )
            return recusa if recusa is not None else view(request, *args, **kwargs)

        return com_limite

    return decorar
