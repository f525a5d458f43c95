"""Início, escolha do vínculo e saúde do servidor."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from suas.nucleo.identidade import consultas
from suas.nucleo.identidade.intermediarios import CHAVE_DO_VINCULO


@require_http_methods(["GET", "POST"])
def vinculo(request: HttpRequest) -> HttpResponse:
    """Mostra os vínculos vigentes e troca aquele em que a pessoa age."""
    vigentes = list(consultas.vinculos_vigentes(request.user, em=request.hoje))
    if request.method == "POST":
        escolhido = next((v for v in vigentes if str(v.pk) == request.POST.get("vinculo")), None)
        if escolhido is not None:
            request.session[CHAVE_DO_VINCULO] = str(escolhido.pk)
            destino = request.POST.get("voltar", "")
            seguro = url_has_allowed_host_and_scheme(destino, allowed_hosts={request.get_host()})
            return redirect(destino if seguro else "inicio")
    return render(request, "identidade/vinculo.jinja", {"vinculos": vigentes})


@login_not_required
@require_safe
def saude(request: HttpRequest) -> HttpResponse:
    """Responde “ok” quando a aplicação e o banco respondem; para o supervisor do serviço."""
    consultas.instalacao()
    return HttpResponse("ok", content_type="text/plain")
