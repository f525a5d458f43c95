"""Pedir que dois cadastros da mesma unidade se juntem, com a prévia lado a lado; desfazer o que um pedido fez."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from suas.cadastros.rede import juncao, permissoes
from suas.cadastros.rede.acoes import pedidos as acoes
from suas.cadastros.rede.forms import pedidos as forms
from suas.cadastros.rede.forms.juncao import Juncao
from suas.cadastros.rede.models import Pedido, Unidade
from suas.nucleo.recusa import AtoRecusado


@require_http_methods(["GET", "POST"])
def juntar(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """Escolhe-se o cadastro que fica (`?com=`), vê-se o que aconteceria campo a campo, e pede-se."""
    sai = permissoes.obter_unidade_para_juntar(request.ator, unidade_id=unidade_id)
    if sai.fundida_em_id is not None:
        return redirect("rede-unidade", sai.pk)
    com = request.POST.get("com") or request.GET.get("com", "")
    fica = permissoes.obter_outra_para_juntar(request.ator, unidade=sai, outra_id=com)
    if fica is None:
        if com or request.method == "POST":
            messages.error(request, "Escolha um cadastro da lista: o que foi dito não está neste município.")
        return render(request, "rede/juntar_com.jinja", {"sai": sai, "outras": list(juncao.que_se_juntam_a(sai))})
    return _juntar_com(request, sai, fica)


def _juntar_com(request: HttpRequest, sai: Unidade, fica: Unidade) -> HttpResponse:
    grupos = juncao.diferentes(sai, fica)
    form = Juncao(request.POST or None, hoje=request.hoje, grupos=grupos, sai=sai, fica=fica)
    if request.method == "POST" and form.is_valid():
        novo = acoes.NovoPedido(
            tipo=Pedido.Tipo.FUNDIR,
            municipio=sai.municipio,
            unidade=sai,
            dados=form.dados(),
            justificativa=form.cleaned_data["justificativa"],
        )
        try:
            pedido = acoes.pedir(novo=novo, por=request.ator, em=request.agora, hoje=request.hoje)
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            messages.success(request, "Pedido enviado. Você será avisado da resposta, e pode retirá-lo até lá.")
            return redirect("rede-pedido", pedido.pk)
    escolhem = {grupo.codigo for grupo in grupos}
    iguais = [(g.rotulo, g.da_que_fica) for g in juncao.lado_a_lado(sai, fica) if g.codigo not in escolhem]
    contexto = {
        "sai": sai,
        "fica": fica,
        "form": form,
        "iguais": iguais,
        "passa": juncao.o_que_passa(sai, fica, hoje=request.hoje),
    }
    return render(request, "rede/juntar.jinja", contexto)


@require_http_methods(["GET", "POST"])
def pedir_que_se_desfaca(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """O município vê o que voltaria e pede; quem responde pedidos aprova ou recusa."""
    feito = permissoes.obter_pedido_para_pedir_que_se_desfaca(request.ator, pedido_id=pedido_id)
    if not permissoes.pode_pedir_que_se_desfaca(request.ator, feito):
        messages.error(request, "Este pedido não tem o que desfazer: leia em que pé está.")
        return redirect("rede-pedido", feito.pk)
    form = forms.PedidoDeDesfazer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        novo = acoes.para_desfazer(feito, justificativa=form.cleaned_data["justificativa"])
        try:
            pedido = acoes.pedir(novo=novo, por=request.ator, em=request.agora, hoje=request.hoje)
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            messages.success(request, "Pedido enviado. Você será avisado da resposta, e pode retirá-lo até lá.")
            return redirect("rede-pedido", pedido.pk)
    contexto = {"pedido": feito, "form": form, "se": juncao.se_desfizesse(feito), "pede": True}
    contexto["o_que"] = juncao.em_substantivo(feito)
    return render(request, "rede/desfazer.jinja", contexto)


@require_http_methods(["GET", "POST"])
def desfazer(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """O que voltaria e o que mudou depois e não volta; com o motivo, desfaz."""
    pedido = permissoes.obter_pedido_para_responder(request.ator, pedido_id=pedido_id)
    form = forms.Desfazer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acoes.desfazer(pedido=pedido, motivo=form.cleaned_data["motivo"], por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            messages.success(request, "Desfeito. Quem pediu foi avisado.")
            return redirect("rede-pedido", pedido.pk)
    if not permissoes.pode_desfazer(request.ator, pedido) and not form.errors:
        messages.error(request, "Este pedido não tem o que desfazer por aqui: leia em que pé está.")
        return redirect("rede-pedido", pedido.pk)
    contexto = {"pedido": pedido, "form": form, "se": juncao.se_desfizesse(pedido), "pede": False}
    contexto["o_que"] = juncao.em_substantivo(pedido)
    return render(request, "rede/desfazer.jinja", contexto)
