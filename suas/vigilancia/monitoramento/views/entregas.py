"""A entrega que se fez no sistema federal: informar, com o dia e o protocolo, e retirar, com o motivo."""

from __future__ import annotations

from django import forms as formularios
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from normas.prazos.calendario import calendario as federal
from suas.nucleo.identidade import lugares
from suas.nucleo.obrigacoes.consultas import historia
from suas.nucleo.recusa import AtoRecusado
from suas.vigilancia.monitoramento import acoes, forms, permissoes
from suas.vigilancia.monitoramento.consultas import Fora


@never_cache
@require_http_methods(["GET", "POST"])
def informar(request: HttpRequest, onde: str, sistema: str, periodo: str, quem: str) -> HttpResponse:
    """Informa a entrega; o que se recusa volta com o que se escreveu."""
    devida = permissoes.obter_entrega_para_informar(
        request.ator, sistema=sistema, periodo=periodo, quem=quem, onde=onde
    )
    form = forms.Entrega(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acoes.informar_entrega(
                devida=devida, por=request.ator, em=request.agora, hoje=request.hoje, **form.cleaned_data
            )
        except AtoRecusado as recusa:
            _devolver(form, recusa)
        else:
            messages.success(request, "Informada. As contas e “A fazer” já a levam em conta.")
            return redirect(request.path)
    return _mostrar(request, devida, informa=form, retira=forms.Retirada())


@never_cache
@require_http_methods(["POST"])
def retirar(request: HttpRequest, onde: str, sistema: str, periodo: str, quem: str) -> HttpResponse:
    """Retira a entrega informada, dizendo por quê: fica na história, e volta a faltar."""
    devida = permissoes.obter_entrega_para_informar(
        request.ator, sistema=sistema, periodo=periodo, quem=quem, onde=onde
    )
    form = forms.Retirada(request.POST)
    if form.is_valid():
        lido = form.cleaned_data
        try:
            acoes.retirar_entrega(
                devida=devida,
                engano=lido["qual"] == form.ENGANO,
                dia=lido["dia"],
                motivo=lido["motivo"],
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            _devolver(form, recusa)
        else:
            messages.success(request, "Retirada: volta a faltar, e o que se informou fica na história.")
            return redirect("monitoramento-entrega", onde, sistema, periodo, quem)
    return _mostrar(request, devida, informa=forms.Entrega(), retira=form)


def _mostrar(request: HttpRequest, devida: Fora, *, informa: forms.Entrega, retira: forms.Retirada) -> HttpResponse:
    entregas = list(historia(devida.opcao.achada.janela, devida.devedor))
    janela = devida.opcao.achada.janela
    contexto = {
        "devida": devida,
        "sistema": federal(janela.sistema),
        "lugar": lugares.nome(devida.devedor.abrangencia),
        "entregas": entregas,
        "de_pe": next((entrega for entrega in entregas if entrega.retirada is None), None),
        "informa": informa,
        "retira": retira,
    }
    return render(request, "monitoramento/entrega.jinja", contexto)


def _devolver(form: formularios.Form, recusa: AtoRecusado) -> None:
    form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
