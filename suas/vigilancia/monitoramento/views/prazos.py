"""O que se registrou sobre prazos: a lista com a história, registrar e anular."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as formularios
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.nucleo.identidade import lugares
from suas.nucleo.obrigacoes.acoes import registros
from suas.nucleo.obrigacoes.consultas import registros_de_prazo
from suas.nucleo.permissoes.abrangencia import esfera_de
from suas.nucleo.recusa import AtoRecusado
from suas.vigilancia.monitoramento import forms, permissoes


@dataclass(frozen=True, kw_only=True)
class Tipo:
    """Um tipo de registro: como se chama, em que esferas se faz, o formulário e o ato."""

    titulo: str
    botao: str
    explica: str
    esferas: frozenset[str]
    form: type[forms.ComNorma]
    registrar: Callable[[Any, dict[str, Any]], object]


def _prorrogar(form: forms.Prorrogacao, comum: dict[str, Any]) -> object:
    sistema, etapa = form.sistema_e_etapa
    lido = form.cleaned_data
    return registros.prorrogar(sistema=sistema, etapa=etapa, periodo=lido["periodo"], fecha=lido["fecha"], **comum)


def _abrir(form: forms.JanelaAberta, comum: dict[str, Any]) -> object:
    sistema, etapa = form.sistema_e_etapa
    lido = form.cleaned_data
    return registros.abrir_janela(
        sistema=sistema, etapa=etapa, periodo=lido["periodo"], abre=lido["abre"], fecha=lido["fecha"], **comum
    )


def _pane(form: forms.Pane, comum: dict[str, Any]) -> object:
    lido = form.cleaned_data
    return registros.registrar_pane(sistema=lido["sistema"], desde=lido["desde"], ate=lido["ate"], **comum)


def _feriado(form: forms.Feriado, comum: dict[str, Any]) -> object:
    return registros.registrar_feriado(dia=form.cleaned_data["dia"], nome=form.cleaned_data["nome"], **comum)


TIPOS: Mapping[str, Tipo] = {
    "prorrogacao": Tipo(
        titulo="Registrar uma prorrogação",
        botao="Prorrogação",
        explica="A data de antes continua à vista. A nova vale no território em que se registra, em todas as contas.",
        esferas=frozenset({"uniao", "uf"}),
        form=forms.Prorrogacao,
        registrar=_prorrogar,
    ),
    "periodo": Tipo(
        titulo="Registrar um período aberto por aviso",
        botao="Período aberto",
        explica="O Censo SUAS do ano, a retificação de um mês: o que o ministério abre e fecha por aviso.",
        esferas=frozenset({"uniao", "uf"}),
        form=forms.JanelaAberta,
        registrar=_abrir,
    ),
    "pane": Tipo(
        titulo="Registrar uma pane",
        botao="Pane",
        explica=(
            "O dia com quatro horas ou mais sem o sistema volta ao prazo nesta instalação. No sistema federal a data "
            "não muda."
        ),
        esferas=frozenset({"uniao", "uf", "municipio"}),
        form=forms.Pane,
        registrar=_pane,
    ),
    "feriado": Tipo(
        titulo="Registrar um feriado local",
        botao="Feriado local",
        explica=(
            "Os feriados nacionais e os do estado já estão no calendário. O prazo que anda por pane não termina em "
            "feriado."
        ),
        esferas=frozenset({"uf", "municipio"}),
        form=forms.Feriado,
        registrar=_feriado,
    ),
}


@never_cache
@require_safe
def lista(request: HttpRequest, onde: str) -> HttpResponse:
    """Tudo o que se registrou e alcança o lugar, também o anulado."""
    permissoes.exigir_painel(request.ator, onde=onde)
    cuida = permissoes.registra(request.ator, onde)
    achados = registros_de_prazo(onde)
    contexto = {
        "onde": onde,
        "lugar": lugares.nome(onde),
        "registros": achados,
        "nomes": lugares.nomes({achado.registro.abrangencia for achado in achados}),
        "anula": lambda achado: permissoes.registra(request.ator, achado.registro.abrangencia),
        "botoes": [(chave, tipo.botao) for chave, tipo in TIPOS.items() if cuida and esfera_de(onde) in tipo.esferas],
    }
    return render(request, "monitoramento/prazos.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def registrar(request: HttpRequest, onde: str, tipo: str) -> HttpResponse:
    """Registra o que a norma deu; o que se recusa volta com o que se escreveu."""
    permissoes.exigir_registrar(request.ator, onde=onde)
    qual = TIPOS.get(tipo)
    if qual is None or esfera_de(onde) not in qual.esferas:
        raise Http404
    form = qual.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        comum = {"onde": onde, "fundamento": form.fundamento, "por": request.ator, "em": request.agora}
        try:
            qual.registrar(form, comum)
        except AtoRecusado as recusa:
            _devolver(form, recusa)
        else:
            messages.success(request, "Registrado. As contas e os prazos já o levam em conta.")
            return redirect("monitoramento-prazos", onde)
    contexto = {"onde": onde, "lugar": lugares.nome(onde), "tipo": qual, "form": form}
    return render(request, "monitoramento/registrar.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def anular(request: HttpRequest, tipo: str, registro_id: UUID) -> HttpResponse:
    """Anula um registro, com o motivo."""
    achado = permissoes.obter_registro_para_anular(request.ator, tipo=tipo, registro_id=registro_id)
    registro = achado.registro
    form = forms.Anulacao(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            registros.anular(registro=registro, motivo=form.cleaned_data["motivo"], por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            _devolver(form, recusa)
        else:
            messages.success(request, "Anulado. O prazo volta ao que era, e o registro fica na história.")
            return redirect("monitoramento-prazos", registro.abrangencia)
    contexto = {"registro": registro, "lugar": lugares.nome(registro.abrangencia), "form": form}
    return render(request, "monitoramento/anular.jinja", contexto)


def _devolver(form: formularios.Form, recusa: AtoRecusado) -> None:
    campo = recusa.campo if recusa.campo in form.fields else None
    form.add_error(campo, str(recusa))
