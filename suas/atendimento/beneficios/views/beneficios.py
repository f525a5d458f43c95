"""Do pedido à entrega de um benefício eventual, com a regra do município à vista."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.atendimento.beneficios import forms, permissoes
from suas.atendimento.beneficios.acoes import beneficios as acoes
from suas.atendimento.beneficios.consultas import beneficios as leitura
from suas.atendimento.beneficios.consultas import bpc
from suas.atendimento.beneficios.listas import Tipo
from suas.atendimento.beneficios.models import Pedido
from suas.atendimento.familias import permissoes as das_familias
from suas.atendimento.familias.consultas import familia as da_familia
from suas.atendimento.familias.ligacoes import Secao
from suas.atendimento.familias.permissoes import Acesso
from suas.nucleo.identificador import uuid7
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 50
Estado = Pedido.Estado
CAMPOS = ("nome", "tipo", "necessidade", "documento", "razao")


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Os pedidos da unidade, por estado."""
    unidade = das_familias.obter_unidade_para_atender(request.ator)
    estado = request.GET.get("estado", "")
    estado = estado if estado in Estado.values else ""
    pagina = Paginator(leitura.da_unidade(unidade.pk, estado=estado), POR_PAGINA).get_page(request.GET.get("pagina"))
    registrar_leitura(
        tabela="beneficios.pedido",
        ids=[pedido.pk for pedido in pagina],
        titulares=[pedido.familia_id for pedido in pagina],
        campos=("nome", "tipo"),
        territorio=unidade.municipio_id,
        por=request.ator,
        em=request.agora,
    )
    contexto = {
        "unidade": unidade,
        "estado": estado,
        "estados": Estado.choices,
        "pagina": pagina,
        "referencias": da_familia.referencias([pedido.familia_id for pedido in pagina]),
    }
    return render(request, "beneficios/lista.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def pedir(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """Primeiro toque: que benefício, com a regra de cada um. Segundo: do que a família precisa."""
    prontuario = das_familias.obter_familia_para_atender(request.ator, familia_id=familia_id)
    regras = leitura.regras_em(prontuario.abrangencia, dia=request.hoje)
    contexto: dict[str, Any] = {"prontuario": prontuario, "referencia": da_familia.referencia(prontuario.familia)}
    tipo = _tipo(request.GET.get("tipo", ""))
    if tipo is None:
        _registrar(request, prontuario.familia_id, prontuario.abrangencia, ("nome",))
        contexto |= {"tipos": list(Tipo), "regras": regras}
        return render(request, "beneficios/qual.jinja", contexto)
    form = forms.Pedir(
        request.POST or None,
        initial={"chave": uuid7(), "dia": request.hoje},
        tipo=tipo,
        composicao=da_familia.composicao(prontuario.familia),
    )
    if request.method == "POST" and form.is_valid():
        try:
            pedido = acoes.pedir(
                prontuario=prontuario, novo=form.novo(), por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            _dizer(recusa, form)
        else:
            messages.success(request, f"Pedido registrado: {tipo.label}.")
            return redirect("beneficio", pedido.pk)
    _registrar(request, prontuario.familia_id, prontuario.abrangencia, ("nome",))
    contexto |= {"tipo": tipo, "regra": regras.get(tipo), "form": form}
    return render(request, "beneficios/pedir.jinja", contexto)


@never_cache
@require_safe
def ver(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """O pedido, o que se decidiu e cada prestação."""
    pedido = permissoes.obter_pedido_para_ver(request.ator, pedido_id=pedido_id)
    _registrar(request, pedido.familia_id, pedido.abrangencia, CAMPOS)
    contexto = {
        "p": pedido,
        "prestacoes": leitura.prestacoes(pedido),
        "referencia": da_familia.referencia(pedido.familia),
        "decide": permissoes.decide(request.ator),
        "documento": forms.DOCUMENTO.get(Tipo(pedido.tipo), ""),
        "hoje": request.hoje,
    }
    return render(request, "beneficios/pedido.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def decidir(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """Conceder ou não, com a regra ao lado."""
    pedido = permissoes.obter_pedido_para_decidir(request.ator, pedido_id=pedido_id)
    form = forms.Decidir(request.POST or None, regra=pedido.regra)
    if request.method == "POST" and form.is_valid():
        try:
            feito = acoes.decidir(
                pedido=pedido, decisao=form.decisao(), por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            _dizer(recusa, form)
        else:
            messages.success(request, f"Gravado: {feito.get_estado_display()}.")
            return redirect("beneficio", pedido.pk)
    return _passo(request, pedido, form, "Decidir", com_regra=True)


@never_cache
@require_http_methods(["GET", "POST"])
def entregar(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """A entrega da próxima prestação."""
    pedido = permissoes.obter_pedido_para_ver(request.ator, pedido_id=pedido_id)
    form = forms.Entregar(request.POST or None, initial={"dia": request.hoje})
    if request.method == "POST" and form.is_valid():
        try:
            feito = acoes.entregar(
                pedido=pedido, por=request.ator, em=request.agora, hoje=request.hoje, **form.cleaned_data
            )
        except AtoRecusado as recusa:
            _dizer(recusa, form)
        else:
            messages.success(
                request, "Entregue." if feito.estado == Estado.ENTREGUE else "Prestação entregue; há outras."
            )
            return redirect("beneficio", pedido.pk)
    return _passo(request, pedido, form, "Registrar a entrega")


@never_cache
@require_http_methods(["GET", "POST"])
def cancelar(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """A família desistiu, ou foi engano."""
    pedido = permissoes.obter_pedido_para_ver(request.ator, pedido_id=pedido_id)
    form = forms.Razao(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acoes.cancelar(pedido=pedido, razao=form.cleaned_data["razao"], por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            _dizer(recusa, form)
        else:
            messages.success(request, "Pedido cancelado.")
            return redirect("beneficio", pedido.pk)
    return _passo(request, pedido, form, "Cancelar o pedido")


def na_ficha(request: HttpRequest, acesso: Acesso) -> Secao | None:
    """Os benefícios e o BPC na página da família, de quem lê o prontuário."""
    lidas = acesso.unidades_lidas(da_familia.prontuarios(acesso.familia))
    if not lidas:
        return None
    dados = {
        "pedidos": leitura.da_familia(acesso.familia, unidades=lidas),
        "bpc": bpc.da_familia(acesso.familia, unidades=lidas),
        "familia": acesso.familia,
        "unidade": acesso.unidade.pk,
        "pede": acesso.le_prontuario,
    }
    return Secao(modelo="beneficios/_na_ficha.jinja", dados=dados, campos=("beneficio", "bpc"))


def _passo(request: HttpRequest, pedido: Pedido, form: Any, titulo: str, *, com_regra: bool = False) -> HttpResponse:
    _registrar(request, pedido.familia_id, pedido.abrangencia, ("nome", "tipo", "necessidade"))
    contexto = {
        "p": pedido,
        "form": form,
        "titulo": titulo,
        "com_regra": com_regra,
        "referencia": da_familia.referencia(pedido.familia),
    }
    return render(request, "beneficios/passo.jinja", contexto)


def _registrar(request: HttpRequest, familia_id: UUID, territorio: str, campos: Iterable[str]) -> None:
    registrar_leitura(
        tabela="familias.familia",
        ids=[familia_id],
        titulares=[familia_id],
        campos=campos,
        territorio=territorio,
        por=request.ator,
        em=request.agora,
    )


def _tipo(texto: str) -> Tipo | None:
    return Tipo(int(texto)) if texto in {str(tipo.value) for tipo in Tipo} else None


def _dizer(recusa: AtoRecusado, form: Any) -> None:
    form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
