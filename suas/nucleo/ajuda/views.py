"""Pedir ajuda, acompanhar e atender."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.nucleo.ajuda import acoes, consultas, forms, permissoes
from suas.nucleo.ajuda.models import Estado, Pedido
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 30
SEM_NINGUEM = "Ninguém atende agora, e ninguém foi avisado: ele aparece a quem passar a atender."


@login_not_required
@require_http_methods(["GET", "POST"])
def pedir(request: HttpRequest) -> HttpResponse:
    """O formulário, com o estado da página de onde se veio; também para quem não entrou."""
    publico = request.ator.pessoa is None
    form = forms.Pedir(request.POST or None, initial=_de_onde(request), publico=publico)
    if request.method == "POST" and form.is_valid():
        if form.de_maquina:
            return redirect("ajuda-feito")
        if ratelimit.consume(request, action="pedir_ajuda_sem_entrar" if publico else "pedir_ajuda"):
            pedido = acoes.pedir(
                texto=form.cleaned_data["texto"],
                pagina=form.pagina(navegador=request.headers.get("User-Agent", "")),
                email=form.cleaned_data.get("email", ""),
                por=request.ator,
                em=request.agora,
            )
            request.session["pedido_de_ajuda"] = pedido.numero
            request.session["ajuda_sem_quem_atenda"] = not consultas.quem_atende_sabe(pedido)
            return redirect("ajuda-feito")
        form.add_error(None, "Já houve muitos pedidos daqui na última hora. Espere um pouco: o seu texto está abaixo.")
    proprios = consultas.pedidos_de(request.ator.pessoa.pk)[:5] if not publico else ()
    return render(request, "ajuda/pedir.jinja", {"form": form, "publico": publico, "proprios": proprios})


def _de_onde(request: HttpRequest) -> dict[str, object]:
    """O que a ligação “Pedir ajuda” trouxe; sem ela, a página que o navegador diz."""
    veio = urlsplit(request.headers.get("Referer", ""))
    de = request.GET.get("de") or (veio.path if veio.netloc == request.get_host() else "")
    titulo = request.GET.get("titulo", "")[:200]
    return {
        "de": forms.caminho(de),
        "titulo": titulo,
        "com_titulo": bool(titulo),
        "falha": forms.protocolo(request.GET.get("falha", "")),
    }


@login_not_required
@require_safe
def feito(request: HttpRequest) -> HttpResponse:
    """O número do pedido e o que acontece agora."""
    numero, sem_ninguem = (request.session.get(c) for c in ("pedido_de_ajuda", "ajuda_sem_quem_atenda"))
    return render(request, "ajuda/feito.jinja", {"numero": numero or "", "sem_ninguem": bool(sem_ninguem)})


@never_cache
@require_safe
def meus(request: HttpRequest) -> HttpResponse:
    """Os pedidos de quem entrou."""
    pagina = Paginator(consultas.pedidos_de(request.ator.pessoa.pk), POR_PAGINA).get_page(request.GET.get("pagina"))
    return render(request, "ajuda/meus.jinja", {"pagina": pagina})


@never_cache
@require_safe
def atender(request: HttpRequest) -> HttpResponse:
    """Os pedidos que cabem a quem age; sem escolha, os que não se encerraram."""
    permissoes.exigir_atender(request.ator)
    estado = request.GET.get("estado", "")
    so_do_meu_nivel = request.GET.get("quais") != "todos"
    achados = consultas.filtrados(request.ator, estado=estado, so_do_meu_nivel=so_do_meu_nivel)
    return render(
        request,
        "ajuda/atender.jinja",
        {
            "pagina": Paginator(achados, POR_PAGINA).get_page(request.GET.get("pagina")),
            "estado": estado if estado in Estado.values else "",
            "opcoes": Estado.choices,
            "so_do_meu_nivel": so_do_meu_nivel,
        },
    )


@never_cache
@require_safe
def pedido(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """Um pedido: o que se contou, de que página, e a conversa."""
    atual = permissoes.obter_pedido_para_ver(request.ator, pedido_id=pedido_id)
    registrar_leitura(
        objeto=atual,
        titulares=[atual.titular],
        campos=("texto", "email", "mensagens_da_pagina"),
        por=request.ator,
        em=request.agora,
    )
    return _mostrar(request, atual)


@never_cache
@require_POST
def responder(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """A resposta de quem atende."""
    atual = permissoes.obter_pedido_para_atender(request.ator, pedido_id=pedido_id)
    form = forms.Responder(request.POST)
    if not form.is_valid():
        return _mostrar(request, atual, responder=form)
    dados = form.cleaned_data
    acoes.responder(pedido=atual, texto=dados["texto"], encerrar=dados["encerrar"], por=request.ator, em=request.agora)
    messages.success(request, "Resposta enviada." if atual.pessoa_id or atual.email else "Resposta guardada.")
    return redirect("ajuda-pedido", pedido_id)


@never_cache
@require_POST
def escrever(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """Quem pediu acrescenta."""
    atual = permissoes.obter_pedido_para_ver(request.ator, pedido_id=pedido_id)
    form = forms.EscreverDeNovo(request.POST)
    if not form.is_valid():
        return _mostrar(request, atual, escrever=form)
    try:
        fala = acoes.escrever_de_novo(
            pedido=atual, texto=form.cleaned_data["texto"], por=request.ator, em=request.agora
        )
    except AtoRecusado as recusa:
        form.add_error(None, str(recusa))
        return _mostrar(request, atual, escrever=form)
    if consultas.quem_atende_sabe(atual, fala=fala):
        messages.success(request, "Quem atende foi avisado do que você escreveu.")
    else:
        messages.success(request, f"Guardado no pedido. {SEM_NINGUEM}")
    return redirect("ajuda-pedido", pedido_id)


@never_cache
@require_POST
def encaminhar(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """Manda ao nível de cima."""
    atual = permissoes.obter_pedido_para_atender(request.ator, pedido_id=pedido_id)
    form = forms.Encaminhar(request.POST)
    if not form.is_valid():
        return _mostrar(request, atual, encaminhar=form)
    try:
        subiu = acoes.encaminhar(pedido=atual, motivo=form.cleaned_data["motivo"], por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        form.add_error(None, str(recusa))
        return _mostrar(request, atual, encaminhar=form)
    sabe = "que já está avisado." if consultas.quem_atende_sabe(subiu) else f"mas lá {SEM_NINGUEM.lower()}"
    messages.success(request, f"O pedido {atual.numero} foi ao nível de cima, {sabe}")
    return redirect("ajuda-atender")


@require_POST
def encerrar(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """Encerra: quem atende, ou quem pediu."""
    atual = permissoes.obter_pedido_para_ver(request.ator, pedido_id=pedido_id)
    try:
        acoes.encerrar(pedido=atual, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "Pedido encerrado. Se for preciso, quem pediu escreve de novo e ele volta a abrir.")
    return redirect("ajuda-pedido", pedido_id)


def _mostrar(request: HttpRequest, atual: Pedido, **enviados: object) -> HttpResponse:
    e_de_quem_age = request.ator.pessoa.pk == atual.pessoa_id
    atende = not e_de_quem_age and request.ator.pode(permissoes.Permissao.AJUDA_ATENDER, em=atual.com)
    return render(
        request,
        "ajuda/pedido.jinja",
        {
            "pedido": atual,
            "conversa": atual.respostas.select_related("pessoa"),
            "atende": atende,
            "e_de_quem_age": e_de_quem_age,
            "acima": consultas.acima(atual.com) if atende else None,
            "responder": enviados.get("responder") or forms.Responder(),
            "escrever": enviados.get("escrever") or forms.EscreverDeNovo(),
            "encaminhar": enviados.get("encaminhar") or forms.Encaminhar(),
        },
    )
