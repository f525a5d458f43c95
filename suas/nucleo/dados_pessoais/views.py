"""A privacidade em palavras, os próprios dados, o registro do tratamento, a guarda e o apagamento."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.nucleo.dados_pessoais import acoes, consultas, forms, permissoes, titulares
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha import consultas as trilha
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 50


@login_not_required
@require_safe
def privacidade(request: HttpRequest) -> HttpResponse:
    """Que dados se guardam, para quê, por quanto tempo e como pedir, em palavras de todos."""
    contexto = {
        "operacoes": consultas.registro(em=request.hoje),
        "encarregado": settings.ENCARREGADO,
        "medidas": consultas.MEDIDAS,
    }
    return render(request, "dados_pessoais/privacidade.jinja", contexto)


@never_cache
@require_safe
def meus(request: HttpRequest) -> HttpResponse:
    """O que a instalação guarda de quem pergunta, quem leu e o que já se pediu."""
    ids = titulares.de(request.user.pk)
    pagina = Paginator(trilha.leituras_de(*ids), POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "guardado": consultas.guardado_de(request.user.pk, em=request.hoje),
        "pagina": pagina,
        "leituras": consultas.leituras_em_palavras(pagina),
        "alteracoes": trilha.alteracoes_do_titular(*ids).count(),
        "pedidos": consultas.pedidos_de(request.user.pk),
        "encarregado": settings.ENCARREGADO,
    }
    return render(request, "dados_pessoais/meus.jinja", contexto)


@require_safe
def copia(request: HttpRequest) -> HttpResponse:
    """A cópia dos próprios dados, em JSON."""
    texto = json.dumps(consultas.copia_de(request.user, em=request.agora), ensure_ascii=False, indent=1)
    resposta = HttpResponse(texto, content_type="application/json; charset=utf-8")
    resposta["Content-Disposition"] = 'attachment; filename="meus-dados.json"'
    resposta["Cache-Control"] = "no-store"
    return resposta


@require_http_methods(["GET", "POST"])
def pedir(request: HttpRequest) -> HttpResponse:
    """Pede correção ou apagamento dos próprios dados."""
    form = forms.Pedir(request.POST or None, initial={"tipo": request.GET.get("tipo", "correcao")})
    if request.method == "POST" and form.is_valid():
        try:
            acoes.pedir(
                tipo=form.cleaned_data["tipo"], texto=form.cleaned_data["texto"], por=request.ator, em=request.agora
            )
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            messages.success(request, "Pedido enviado a quem cuida da instalação. A resposta aparece nesta página.")
            return redirect("meus-dados")
    return render(request, "dados_pessoais/pedir.jinja", {"form": form})


@require_safe
def registro(request: HttpRequest) -> HttpResponse:
    """O registro das operações de tratamento (LGPD, art. 37)."""
    permissoes.exigir(request.ator, Permissao.DADO_PESSOAL_VER_REGISTRO)
    contexto = {
        "operacoes": consultas.registro(em=request.hoje),
        "medidas": consultas.MEDIDAS,
        "encarregado": settings.ENCARREGADO,
        "apaga": permissoes.pode(request.ator, Permissao.DADO_PESSOAL_APAGAR),
    }
    return render(request, "dados_pessoais/registro.jinja", contexto)


@require_http_methods(["GET", "POST"])
def guarda(request: HttpRequest) -> HttpResponse:
    """O que passou do prazo, e o botão que o apaga antes da madrugada."""
    permissoes.exigir(request.ator, Permissao.DADO_PESSOAL_VER_REGISTRO)
    if request.method == "POST":
        permissoes.exigir(request.ator, Permissao.DADO_PESSOAL_APAGAR)
        apagadas = acoes.aplicar_guarda(por=request.ator, em=request.agora)
        messages.success(request, f"{apagadas} linhas apagadas. O ato está na trilha.")
        return redirect("dados-guarda")
    vencidos = consultas.vencidos(em=request.agora)
    contexto = {
        "vencidos": vencidos,
        "total": sum(v.linhas for v in vencidos),
        "permanentes": consultas.sem_prazo(em=request.hoje),
        "apaga": permissoes.pode(request.ator, Permissao.DADO_PESSOAL_APAGAR),
    }
    return render(request, "dados_pessoais/guarda.jinja", contexto)


@never_cache
@require_safe
def pedidos(request: HttpRequest) -> HttpResponse:
    """Os pedidos de correção e apagamento: os que esperam, e os respondidos."""
    permissoes.exigir(request.ator, Permissao.DADO_PESSOAL_APAGAR)
    abertos = list(consultas.pedidos_abertos())
    respondidos = Paginator(consultas.pedidos_respondidos(), POR_PAGINA).get_page(request.GET.get("pagina"))
    _registrar_leitura_dos_nomes(request, [*abertos, *respondidos])
    return render(request, "dados_pessoais/pedidos.jinja", {"abertos": abertos, "respondidos": respondidos})


@never_cache
@require_http_methods(["GET", "POST"])
def pedido(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """Um pedido e a resposta a ele."""
    atual = permissoes.obter_pedido_para_responder(request.ator, pedido_id=pedido_id)
    form = forms.Responder(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acoes.responder(
                pedido=atual,
                atendido=form.cleaned_data["atendido"],
                resposta=form.cleaned_data["resposta"],
                por=request.ator,
                em=request.agora,
            )
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            messages.success(request, "Resposta guardada. A pessoa a lê em “Meus dados”.")
            return redirect("dados-pedidos")
    registrar_leitura(
        objeto=atual,
        titulares=[atual.pessoa_id],
        campos=["nome", "email", "texto"],
        por=request.ator,
        em=request.agora,
        motivo="responder ao pedido da própria pessoa",
    )
    return render(request, "dados_pessoais/pedido.jinja", {"pedido": atual, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def apagar(request: HttpRequest, pessoa_id: UUID) -> HttpResponse:
    """O que sai e o que fica, e o apagamento."""
    pessoa = permissoes.obter_pessoa_para_apagar(request.ator, pessoa_id=pessoa_id)
    form = forms.Apagar(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acoes.apagar_pessoa(pessoa=pessoa, motivo=form.cleaned_data["motivo"], por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            messages.success(request, "Dados apagados. Os atos da pessoa ficam na trilha, sem o nome dela.")
            return redirect("dados-pedidos")
    registrar_leitura(
        objeto=pessoa,
        titulares=[pessoa.pk],
        campos=["nome", "email"],
        por=request.ator,
        em=request.agora,
        motivo="preparar o apagamento",
    )
    contexto = {
        "pessoa": pessoa,
        "previa": acoes.previa_do_apagamento(pessoa=pessoa, por=request.ator, em=request.agora),
        "form": form,
    }
    return render(request, "dados_pessoais/apagar.jinja", contexto)


def _registrar_leitura_dos_nomes(request: HttpRequest, lidos: list[Any]) -> None:
    if lidos:
        registrar_leitura(
            tabela="dados_pessoais.pedido",
            ids=[lido.pk for lido in lidos],
            titulares=[lido.pessoa_id for lido in lidos],
            campos=["nome"],
            por=request.ator,
            em=request.agora,
            motivo="lista de pedidos sobre os próprios dados",
        )
