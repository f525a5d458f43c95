"""A página de entrar: e-mail e senha, e o provedor onde a instalação o configura."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView

from suas.nucleo.entrada import oidc


class Entrar(LoginView):
    """A do allauth, que sabe também do provedor configurado."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexto: dict[str, Any] = super().get_context_data(**kwargs)
        return contexto | {"provedor": oidc.provedor()}
