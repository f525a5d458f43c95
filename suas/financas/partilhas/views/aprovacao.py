"""Aprovar: juntar a pactuação e a resolução, retirá-las antes do selo, selar."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from suas.financas.partilhas import permissoes
from suas.financas.partilhas.acoes import pecas as atos
from suas.financas.partilhas.consultas.entradas import avisos
from suas.financas.partilhas.forms import FormDaPeca, FormDoMotivo
from suas.financas.partilhas.models import Partilha, Peca
from suas.nucleo.documentos.consultas import situacao_do_exame
from suas.nucleo.recusa import AtoRecusado


def _mostrar(request: HttpRequest, partilha: Partilha, *, form: FormDaPeca, retirar: FormDoMotivo) -> HttpResponse:
    pecas = _com_exame(partilha)
    contexto = {
        "partilha": partilha,
        "avisos": avisos(partilha),
        "pecas": pecas,
        "cabe": atos.tipo_que_cabe(partilha),
        "form": form,
        "retirar": retirar,
    }
    return render(request, "partilhas/pecas.jinja", contexto)


def _com_exame(partilha: Partilha) -> list[Peca]:
    """As peças, cada uma com a frase do antivírus em `exame`."""
    pecas = list(partilha.pecas.select_related("documento").prefetch_related("documento__exames"))
    for peca in pecas:
        peca.exame = situacao_do_exame(peca.documento)
    return pecas


@require_http_methods(["GET", "POST"])
def pecas(request: HttpRequest, partilha_id: UUID) -> HttpResponse:
    """Mostra as peças e junta a que cabe agora."""
    partilha = permissoes.obter_partilha_para_pactuar(request.ator, partilha_id=partilha_id)
    form = FormDaPeca(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            peca = atos.juntar_peca(
                partilha=partilha, peca=form.peca(), por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, f"{peca} juntada: a partilha está {peca.partilha.get_estado_display()}.")
            return redirect("partilha-pecas", partilha.pk)
    return _mostrar(request, partilha, form=form, retirar=FormDoMotivo())


@require_POST
def retirar(request: HttpRequest, partilha_id: UUID) -> HttpResponse:
    """Retira a última peça juntada, com motivo."""
    partilha = permissoes.obter_partilha_para_pactuar(request.ator, partilha_id=partilha_id)
    form = FormDoMotivo(request.POST)
    if form.is_valid():
        try:
            atos.retirar_peca(partilha=partilha, motivo=form.cleaned_data["motivo"], por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Peça retirada; o motivo ficou na trilha.")
            return redirect("partilha-pecas", partilha.pk)
    return _mostrar(request, partilha, form=FormDaPeca(), retirar=form)


@require_http_methods(["GET", "POST"])
def selar(request: HttpRequest, partilha_id: UUID) -> HttpResponse:
    """Diz o que o selo significa e, confirmado, sela."""
    partilha = permissoes.obter_partilha_para_selar(request.ator, partilha_id=partilha_id)
    recusado = ""
    if request.method == "POST":
        try:
            atos.selar(partilha=partilha, por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            recusado = str(recusa)
        else:
            messages.success(request, f"{partilha.nome} está selada. Nada mais nela muda.")
            return redirect("partilha", partilha.pk)
    contexto = {
        "partilha": partilha,
        "avisos": avisos(partilha),
        "pecas": _com_exame(partilha),
        "recusado": recusado,
    }
    return render(request, "partilhas/selar.jinja", contexto)
