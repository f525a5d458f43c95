"""Quem recebe o BPC e a unidade acompanha, e as revisões."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.atendimento.beneficios import forms, permissoes
from suas.atendimento.beneficios.acoes import bpc as acoes
from suas.atendimento.beneficios.consultas import bpc as leitura
from suas.atendimento.familias import permissoes as das_familias
from suas.atendimento.familias.consultas import familia as da_familia
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 50


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Os que a unidade acompanha, a revisão mais próxima primeiro."""
    unidade = das_familias.obter_unidade_para_atender(request.ator)
    cessados = request.GET.get("cessados") == "sim"
    pagina = Paginator(leitura.da_unidade(unidade.pk, cessados=cessados), POR_PAGINA).get_page(
        request.GET.get("pagina")
    )
    _registrar(request, unidade.municipio_id, [(linha.pk, linha.pessoa_id) for linha in pagina])
    contexto = {"unidade": unidade, "pagina": pagina, "cessados": cessados, "hoje": request.hoje}
    return render(request, "beneficios/bpc.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def acompanhar(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """Alguém da família recebe o BPC."""
    prontuario = das_familias.obter_familia_para_atender(request.ator, familia_id=familia_id)
    form = forms.AcompanharBpc(request.POST or None, composicao=da_familia.composicao(prontuario.familia))
    if request.method == "POST" and form.is_valid():
        try:
            feito = acoes.acompanhar(
                prontuario=prontuario, novo=form.novo(), por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, f"BPC registrado; próxima revisão em {feito.rever_ate:%d/%m/%Y}.")
            return redirect("familia", prontuario.familia_id)
    _registrar(request, prontuario.abrangencia, [(prontuario.familia_id, prontuario.familia_id)])
    contexto = {"prontuario": prontuario, "form": form, "referencia": da_familia.referencia(prontuario.familia)}
    return render(request, "beneficios/bpc_novo.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def rever(request: HttpRequest, bpc_id: UUID) -> HttpResponse:
    """As revisões que houve, e o registro de mais uma."""
    bpc = permissoes.obter_bpc_para_cuidar(request.ator, bpc_id=bpc_id)
    form = forms.Rever(request.POST or None, initial={"dia": request.hoje})
    if request.method == "POST" and form.is_valid():
        try:
            acoes.rever(bpc=bpc, por=request.ator, em=request.agora, hoje=request.hoje, **form.cleaned_data)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, "Revisão registrada.")
            return redirect("bpc")
    _registrar(request, bpc.abrangencia, [(bpc.pk, bpc.pessoa_id)])
    contexto = {"b": bpc, "revisoes": leitura.revisoes(bpc), "form": form, "hoje": request.hoje}
    return render(request, "beneficios/bpc_rever.jinja", contexto)


def _registrar(request: HttpRequest, territorio: str, pares: Iterable[tuple[UUID, UUID]]) -> None:
    lidos = list(pares)
    registrar_leitura(
        tabela="beneficios.bpc",
        ids=[chave for chave, _ in lidos],
        titulares=[titular for _, titular in lidos],
        campos=("nome", "especie", "resultado"),
        territorio=territorio,
        por=request.ator,
        em=request.agora,
    )
