"""Quem atende aqui: o cartaz público da unidade, que a gestão liga e desliga (NOB-RH/SUAS, III)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from suas.cadastros.rede.permissoes import obter_unidade_para_ver
from suas.cadastros.trabalhadores import permissoes
from suas.cadastros.trabalhadores.acoes import unidades
from suas.cadastros.trabalhadores.consultas import quadro


@login_not_required
@require_safe
def quem_atende(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """Nome, função e credencial de quem atende, se a gestão ligou a lista; senão, a página não existe."""
    unidade = obter_unidade_para_ver(request.ator, unidade_id=unidade_id)
    quem = quadro.quem_atende(unidade, hoje=request.hoje)
    if quem is None:
        raise Http404("A gestão não publica quem atende nesta unidade.")
    return render(request, "trabalhadores/quem_atende.jinja", {"unidade": unidade, "quem": quem, "hoje": request.hoje})


@require_POST
def mostrar(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """Liga ou desliga a lista pública da unidade."""
    unidade = permissoes.obter_unidade_para_mostrar_quem_atende(request.ator, unidade_id=unidade_id)
    if request.POST.get("mostrar") == "sim":
        unidades.mostrar_quem_atende(unidade=unidade, por=request.ator, em=request.agora)
        messages.success(request, "A lista de quem atende já é pública. Imprima o cartaz para a recepção.")
        return redirect("quem-atende", unidade.pk)
    unidades.esconder_quem_atende(unidade=unidade, por=request.ator, em=request.agora)
    messages.success(request, "A lista de quem atende deixou de ser pública.")
    return redirect("equipe-unidade", unidade.pk)
