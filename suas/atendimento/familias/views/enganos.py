"""Anular a família registrada por engano, com motivo, e desfazer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from suas.atendimento.familias import forms, permissoes
from suas.atendimento.familias.acoes import enganos
from suas.atendimento.familias.consultas import familia as leitura
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar_leitura


@never_cache
@require_http_methods(["GET", "POST"])
def anular(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """Diz por que a família foi um engano; ela fica na história, e pode voltar."""
    prontuario = permissoes.obter_familia_para_atender(request.ator, familia_id=familia_id)
    form = forms.Motivo(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enganos.anular(
                prontuario=prontuario,
                motivo=form.cleaned_data["motivo"],
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Família anulada. Nada se apagou: dá para desfazer nesta página.")
            return redirect("familia", familia_id)
    registrar_leitura(
        objeto=prontuario.familia,
        titulares=[prontuario.familia_id],
        campos=("nome",),
        territorio=prontuario.abrangencia,
        por=request.ator,
        em=request.agora,
    )
    contexto = {"form": form, "prontuario": prontuario, "referencia": leitura.referencia(prontuario.familia)}
    return render(request, "familias/engano.jinja", contexto)


@require_POST
def desfazer(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """A família volta, com a composição que tinha."""
    engano = permissoes.obter_engano_para_desfazer(request.ator, familia_id=familia_id)
    try:
        enganos.desfazer(engano=engano, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "Anulação desfeita: a família voltou como estava.")
    return redirect("familia", familia_id)
