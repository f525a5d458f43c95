"""Início, escolha do vínculo e saúde do servidor."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from suas.nucleo.identidade import consultas, permissoes
from suas.nucleo.identidade.intermediarios import CHAVE_DO_VINCULO
from suas.nucleo.identidade.sessao import trocar_chave
from suas.nucleo.identidade.views.convites import RECUSAR


@require_http_methods(["GET", "POST"])
def vinculo(request: HttpRequest) -> HttpResponse:
    """Mostra os vínculos vigentes e troca aquele em que a pessoa age."""
    vigentes = list(request.vinculos)
    if request.method == "POST":
        escolhido = next((v for v in vigentes if str(v.pk) == request.POST.get("vinculo")), None)
        if escolhido is not None:
            request.session[CHAVE_DO_VINCULO] = str(escolhido.pk)
            trocar_chave(request)
            destino = request.POST.get("voltar", "")
            seguro = url_has_allowed_host_and_scheme(destino, allowed_hosts={request.get_host()})
            return redirect(destino if seguro else "inicio")
    return render(
        request,
        "identidade/vinculo.jinja",
        {
            "vinculos": vigentes,
            "convites": consultas.convites_para(request.user, em=request.agora),
            "recusar": RECUSAR,
            "passa": lambda vinculo: permissoes.pode_passar(request.ator, vinculo),
            "quem": lambda vinculo: permissoes.quem_nomeia(vinculo.papel, vinculo.abrangencia),
            "situacao_de": lambda vinculo: consultas.situacao_de(vinculo, hoje=request.hoje),
        },
    )


@login_not_required
@require_safe
def saude(request: HttpRequest) -> HttpResponse:
    """Responde “ok” quando a aplicação e o banco respondem; para o supervisor do serviço."""
    consultas.instalacao()
    return HttpResponse("ok", content_type="text/plain")
