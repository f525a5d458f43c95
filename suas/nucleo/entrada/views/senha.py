"""Senha: as páginas do allauth numa transação só, e o pedido de nova senha por e-mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from suas.nucleo.entrada import forms, tarefas

View = Callable[..., HttpResponse]
MUITAS = {"too_many_login_attempts", "rate_limited"}
CINCO_MINUTOS = "300"


def uma_so_transacao(view: View) -> View:
    """O envio e a linha que ele deixa na trilha gravam-se juntos ou não se gravam."""

    @wraps(view)
    def com_transacao(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return com_transacao


def com_limite(view: View) -> View:
    """Quando o formulário recusa por tentativas demais, a resposta é 429 com o prazo; o texto é o do formulário."""

    @wraps(view)
    def limitada(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        resposta = view(request, *args, **kwargs)
        contexto = getattr(resposta, "context_data", None) or {}
        form = contexto.get("form")
        if request.method == "POST" and form is not None and _recusou_por_excesso(form):
            resposta.status_code = 429
            resposta["Retry-After"] = CINCO_MINUTOS
        return resposta

    return limitada


def _recusou_por_excesso(form: Any) -> bool:
    return any(erro.code in MUITAS for erros in form.errors.as_data().values() for erro in erros)


@login_not_required
@require_http_methods(["GET", "POST"])
def esqueci(request: HttpRequest) -> HttpResponse:
    """Pede o endereço de nova senha. A resposta e o trabalho feito aqui são os mesmos, haja ou não a conta.

    Procurar a conta e escrever o e-mail é da fila: o tempo desta resposta não conta quem existe.
    """
    form = forms.Esqueci(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if not ratelimit.consume(request, app="allauth.account", action="reset_password", key=email):
            form.add_error(
                None, "Foram muitos pedidos seguidos. Espere um minuto, confira a caixa de spam e tente de novo."
            )
            resposta = render(request, "account/password_reset.jinja", {"form": form}, status=429)
            resposta["Retry-After"] = "60"
            return resposta
        tarefas.enviar_redefinicao.enqueue(
            email=email, inicio=request.build_absolute_uri("/"), em=request.agora.isoformat()
        )
        return redirect("account_reset_password_done")
    return render(request, "account/password_reset.jinja", {"form": form})


@login_not_required
@require_safe
def esqueci_enviado(request: HttpRequest) -> HttpResponse:
    """Diz o que esperar, sem dizer se a conta existe."""
    return render(request, "account/password_reset_done.jinja")
