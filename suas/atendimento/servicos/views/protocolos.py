"""O que as unidades combinaram: propor, aceitar, ver os de antes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.atendimento.familias import permissoes as das_familias
from suas.atendimento.servicos import permissoes
from suas.atendimento.servicos.acoes import protocolos as acoes
from suas.atendimento.servicos.consultas import protocolos as leitura
from suas.atendimento.servicos.consultas.encaminhamentos import destinos
from suas.atendimento.servicos.forms import encaminhamentos as forms
from suas.atendimento.servicos.models import Protocolo
from suas.nucleo.recusa import AtoRecusado


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Os protocolos em que a unidade entra: os em vigor, os propostos e os de antes."""
    unidade = das_familias.obter_unidade_para_atender(request.ator)
    todos = leitura.da_unidade(unidade.pk)
    em_aberto = {Protocolo.Estado.VIGENTE, Protocolo.Estado.PROPOSTO}
    contexto = {
        "unidade": unidade,
        "abertos": [p for p in todos if p.estado in em_aberto],
        "de_antes": [p for p in todos if p.estado not in em_aberto],
        "pactua": permissoes.pactua(request.ator),
    }
    return render(request, "servicos/protocolos.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def propor(request: HttpRequest) -> HttpResponse:
    """Uma proposta à outra unidade; só vale depois que ela aceita."""
    unidade = permissoes.obter_unidade_para_pactuar(request.ator)
    form = forms.Propor(
        request.POST or None, unidades=destinos(unidade, hoje=request.hoje), initial={"direcao": forms.DAQUI}
    )
    if request.method == "POST" and form.is_valid():
        try:
            acoes.propor(proposta=form.proposta(unidade), pela=unidade, por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, "Proposta feita. Passa a valer quando a outra unidade aceitar.")
            return redirect("protocolos")
    return render(request, "servicos/propor.jinja", {"unidade": unidade, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def responder(request: HttpRequest, protocolo_id: UUID) -> HttpResponse:
    """Aceitar a proposta da outra unidade, ou não, com o motivo."""
    protocolo = permissoes.obter_protocolo_para_responder(request.ator, protocolo_id=protocolo_id)
    form = forms.Responder(request.POST or None)
    if request.method == "POST" and form.is_valid():
        aceita = form.cleaned_data["aceita"] == "sim"
        try:
            acoes.responder(
                protocolo=protocolo,
                aceita=aceita,
                resposta=form.cleaned_data["resposta"],
                por=request.ator,
                em=request.agora,
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, "O protocolo está em vigor." if aceita else "Respondido: não aceito.")
            return redirect("protocolos")
    return render(request, "servicos/responder_protocolo.jinja", {"p": protocolo, "form": form})
