"""Confirmar quem é antes de dar poder a alguém: a entrada de há mais de um quarto de hora não basta."""

from __future__ import annotations

from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from suas.nucleo.identidade.guardado import guardar


def pedir(request: Any, *, volta: str = "") -> HttpResponse | None:
    """A ida à confirmação, ou nada, de quem entrou ou confirmou há pouco. Chame depois de conferir a permissão.

    O que veio num envio fica guardado e se oferece na volta, que é a este mesmo endereço ou a `volta`. Quem só entra
    pelo provedor confirma nele.
    """
    if _ha_pouco(request):
        return None
    if request.method == "POST" and not volta:
        guardar(request, por_que="confirmar")
    onde = "account_reauthenticate" if get_reauthentication_flows(request.user) else "provedor-ida"
    return redirect(f"{reverse(onde)}?{urlencode({'next': volta or request.get_full_path()})}")


def _ha_pouco(request: Any) -> bool:
    provas = [prova["at"] for prova in get_authentication_records(request, request.user)]
    ultima = max([request.session.get("inicio", 0), *provas])
    return bool(request.agora.timestamp() - ultima < app_settings.REAUTHENTICATION_TIMEOUT)
