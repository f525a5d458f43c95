"""A porta da casa: apresentação para quem não entrou, “A fazer” para quem age por um vínculo."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from suas.nucleo.tela import afazer


@login_not_required
@require_GET
def inicio(request: HttpRequest) -> HttpResponse:
    if request.ator.vinculo is None:
        return render(request, "tela/inicio_publico.jinja", {"partilhas": [], "total_de_municipios": 0})
    pendencias = afazer.de(request.ator, hoje=request.hoje)
    return render(request, "tela/a_fazer.jinja", {"pendencias": pendencias, "hoje": request.hoje})
