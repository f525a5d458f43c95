"""O que muda no allauth: ninguém se cadastra sozinho, e a entrada de demonstração só vale em demonstração."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from suas.nucleo.identidade import consultas
from suas.nucleo.identidade.models import Pessoa

SENHA_TROCADA = "Senha trocada. Nos outros aparelhos em que você estava, será preciso entrar de novo."


class Adaptador(DefaultAccountAdapter):  # type: ignore[misc]  # o allauth não tem tipos
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "O e-mail e a senha não combinam. Confira os dois e tente de novo.",
        "too_many_login_attempts": (
            "Foram muitas tentativas seguidas. Espere cinco minutos e tente de novo, ou peça à gestão uma senha nova."
        ),
        "enter_current_password": "Não é a senha em uso. Digite aquela com que você entrou.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Em instalação real, quem veio da demonstração não entra, mesmo com a senha certa."""
        pessoa = super().authenticate(request, **credentials)
        if isinstance(pessoa, Pessoa) and pessoa.de_demonstracao:
            instalacao = consultas.instalacao()
            if instalacao is None or not instalacao.demonstracao:
                return None
        return pessoa

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Avisa o que pede atenção e a senha trocada; entrar e sair já se veem na tela."""
        modelo = kwargs.get("message_template") or (args[0] if args else None)
        if modelo == "account/messages/password_changed.txt":
            messages.success(request, SENHA_TROCADA)
        elif level >= messages.WARNING:
            super().add_message(request, level, *args, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Trocada a senha, a pessoa volta ao que tem a fazer."""
        return reverse("inicio")
