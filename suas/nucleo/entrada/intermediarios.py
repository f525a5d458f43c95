"""A sessão com prazo, e o segundo fator de quem o ajuste exige."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import auth, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from suas.nucleo.entrada import consultas
from suas.nucleo.entrada.acoes import entradas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.tela.filtros import plural

UM_MINUTO = 60
#: O que se faz sem o segundo fator exigido: ativá-lo, confirmar quem se é, sair, pedir ajuda e ler a própria conta.
SEM_SEGUNDO_FATOR = frozenset(
    {
        "conta",
        "mfa_index",
        "segundo-fator-codigos",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "account_logout",
        "conta-sessoes",
        "ajuda",
        "saude",
    }
)


class SessaoComPrazo:
    """Encerra a sessão sem uso, a comprida demais e a de quem ficou sem vínculo; o motivo é dito e vai à trilha.

    O instante do último uso fica na própria sessão e só se grava uma vez por minuto.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            if motivo := self._motivo(request):
                self._encerrar(request, motivo)
            else:
                self._marcar(request)
        return self.get_response(request)

    def _motivo(self, request: Any) -> str:
        agora = request.agora.timestamp()
        inicio, visto = request.session.get("inicio", agora), request.session.get("visto", agora)
        if agora - visto > settings.SESSAO_INATIVA_MINUTOS * UM_MINUTO:
            return f"Sua entrada venceu depois de {_duracao(settings.SESSAO_INATIVA_MINUTOS)} sem uso."
        if agora - inicio > settings.SESSION_COOKIE_AGE:
            horas = settings.SESSION_COOKIE_AGE // 3600
            return f"Sua entrada venceu: ela dura no máximo {plural(horas, 'hora', 'horas')}."
        if request.session.get("com_vinculo") and request.ator.vinculo is None:
            return "Seu último vínculo terminou, e a entrada com ele."
        return ""

    def _encerrar(self, request: Any, motivo: str) -> None:
        with transaction.atomic():
            entradas.sair(pessoa=request.user, por=request.ator, em=request.agora, motivo=motivo)
            request.saiu = str(request.user.pk)
            auth.logout(request)
        request.ator = ATOR_PUBLICO
        messages.info(request, f"{motivo} Entre de novo para continuar de onde parou.")

    def _marcar(self, request: Any) -> None:
        agora = request.agora.timestamp()
        request.session.setdefault("inicio", agora)
        if agora - request.session.get("visto", 0) > UM_MINUTO:
            request.session["visto"] = agora
        if not request.session.get("com_vinculo") and request.ator.vinculo is not None:
            request.session["com_vinculo"] = True


class SegundoFatorExigido:
    """Quem o ajuste exige e ainda não ativou só chega à própria conta: a página de ativar, com o motivo."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if settings.SEGUNDO_FATOR == "nunca" or not request.user.is_authenticated:
            return None
        if request.resolver_match.url_name in SEM_SEGUNDO_FATOR:
            return None
        if not consultas.falta_segundo_fator(request.ator):
            return None
        messages.warning(
            request,
            f"Nesta instalação, o papel “{request.ator.papel.nome}” só age com o segundo fator. Ative-o aqui.",
        )
        return redirect(reverse("mfa_index"))


def _duracao(minutos: int) -> str:
    if minutos % UM_MINUTO == 0:
        return plural(minutos // UM_MINUTO, "hora", "horas")
    return plural(minutos, "minuto", "minutos")
