"""O que muda no allauth: ninguém se cadastra sozinho, quem não pode entrar não se distingue, e tudo vai à trilha."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from suas.nucleo.entrada import oidc
from suas.nucleo.entrada.acoes import entradas
from suas.nucleo.identidade import consultas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa

SENHA_TROCADA = "Senha trocada. Nos outros aparelhos em que você estava, será preciso entrar de novo."
CINCO_MINUTOS = 5 * 60
_MEIOS = {"password": "senha", "socialaccount": "provedor", "totp": "aplicativo", "recovery_codes": "recuperacao"}


class Adaptador(DefaultAccountAdapter):  # type: ignore[misc]  # o allauth não tem tipos
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "O e-mail e a senha não combinam. Confira os dois e tente de novo.",
        "too_many_login_attempts": (
            "Foram muitas tentativas seguidas. Espere cinco minutos e tente de novo; se esqueceu a senha, peça outra "
            "em “Esqueci a senha”."
        ),
        "enter_current_password": "Não é a senha em uso. Digite aquela com que você entrou.",
        "incorrect_password": "Não é a senha em uso. Digite aquela com que você entrou.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """No limite de tentativas, a conta que existe ganha uma linha na trilha, uma vez por período."""
        try:
            super().pre_authenticate(request, **credentials)
        except Exception:
            pessoa = consultas.pessoa_do_email(str(credentials.get("email", "")))
            if pessoa is not None:
                registrar_excesso(request, pessoa, onde="senha")
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Conta inativa, ou de demonstração em instalação real, recebe a mesma recusa da senha errada."""
        pessoa = super().authenticate(request, **credentials)
        if pessoa is not None and not consultas.pode_entrar(pessoa):
            self.pre_authenticate(request, **credentials)  # conta como tentativa, como a senha errada
            return None
        return pessoa

    def login(self, request: Any, user: Any) -> None:
        """Entrar e a linha na trilha, na mesma transação."""
        with transaction.atomic():
            super().login(request, user)
            request.session["inicio"] = request.session["visto"] = request.agora.timestamp()
            meios = [
                _MEIOS.get(r.get("type") or r["method"], r["method"]) for r in get_authentication_records(request, user)
            ]
            por = consultas.ator_de(user, vinculo_id=None, em=request.hoje)
            entradas.entrar(pessoa=user, meios=meios, por=por, em=request.agora)

    def logout(self, request: Any) -> None:
        """Sair e a linha na trilha, na mesma transação."""
        with transaction.atomic():
            entradas.sair(pessoa=request.user, por=request.ator, em=request.agora)
            request.saiu_do_provedor = request.session.get("pelo_provedor", False)
            super().logout(request)

    def get_logout_redirect_url(self, request: Any) -> str:
        """Quem entrou pelo provedor sai também dele, se ele diz onde: no aparelho de todos ela não fica."""
        inicio: str = super().get_logout_redirect_url(request)
        configurado = oidc.provedor()
        entrou_por_ele = getattr(request, "saiu_do_provedor", False) or request.session.get("pelo_provedor", False)
        if configurado is None or not entrou_por_ele or request.method != "POST":
            return inicio
        return oidc.endereco_de_saida(configurado, depois=request.build_absolute_uri(inicio)) or inicio

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Avisa a senha trocada; entrar e sair já se veem na tela, e o resto dizem as nossas telas."""
        modelo = kwargs.get("message_template") or (args[0] if args else None)
        if modelo == "account/messages/password_changed.txt":
            messages.success(request, SENHA_TROCADA)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Trocada a senha, a pessoa volta à própria conta."""
        return reverse("conta")


def registrar_excesso(request: Any, pessoa: Pessoa, *, onde: str) -> None:
    """Uma linha por conta e período: quem insiste não enche a trilha."""
    if cache.add(f"entrada:excesso:{onde}:{pessoa.pk}", True, timeout=CINCO_MINUTOS):
        entradas.tentar_demais(pessoa=pessoa, onde=onde, por=ATOR_PUBLICO, em=request.agora)
