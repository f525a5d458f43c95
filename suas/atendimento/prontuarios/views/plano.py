"""O plano do acompanhamento: abrir, pôr objetivos e ações, dizer em que pé estão, e rever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from suas.atendimento.prontuarios import permissoes
from suas.atendimento.prontuarios.acoes import plano as acoes
from suas.atendimento.prontuarios.consultas import blocos
from suas.atendimento.prontuarios.forms import acompanhamento as forms
from suas.atendimento.prontuarios.models import Acompanhamento
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar_leitura


@never_cache
@require_http_methods(["GET", "POST"])
def abrir(request: HttpRequest, acompanhamento_id: UUID) -> HttpResponse:
    """O plano da família (PAF) ou de uma pessoa dela (PIA)."""
    atual = permissoes.obter_acompanhamento_para_mudar(request.ator, acompanhamento_id=acompanhamento_id)
    pessoas = {str(pessoa.pk): pessoa for pessoa in blocos.pessoas_da(atual.familia)}
    form = forms.AbrirPlano(
        request.POST or None,
        pessoas={chave: pessoa.como_se_chama for chave, pessoa in pessoas.items()},
        initial={"dia": request.hoje},
    )
    return _pagina(
        request,
        atual,
        form,
        titulo="Fazer o plano",
        botao="Começar o plano",
        feito="Plano começado. Agora, os objetivos.",
        ato=lambda limpos: acoes.abrir(
            acompanhamento=atual,
            pessoa=pessoas.get(limpos["pessoa"]),
            dia=limpos["dia"],
            rever_ate=limpos["rever_ate"],
            por=request.ator,
            em=request.agora,
            hoje=request.hoje,
        ),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def por_objetivo(request: HttpRequest, plano_id: UUID) -> HttpResponse:
    """Mais um objetivo do plano."""
    plano = permissoes.obter_plano_para_mudar(request.ator, plano_id=plano_id)
    return _pagina(
        request,
        plano.acompanhamento,
        forms.PorObjetivo(request.POST or None),
        titulo="Acrescentar um objetivo",
        botao="Acrescentar",
        feito="Objetivo acrescentado.",
        ato=lambda limpos: acoes.por_objetivo(plano=plano, texto=limpos["texto"], por=request.ator, em=request.agora),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def por_acao(request: HttpRequest, objetivo_id: UUID) -> HttpResponse:
    """Mais uma ação de um objetivo."""
    objetivo = permissoes.obter_objetivo_para_mudar(request.ator, objetivo_id=objetivo_id)
    form = forms.PorAcao(request.POST or None)
    return _pagina(
        request,
        objetivo.plano.acompanhamento,
        form,
        titulo="Acrescentar uma ação",
        sobre=objetivo.texto,
        botao="Acrescentar",
        feito="Ação acrescentada.",
        ato=lambda limpos: acoes.por_acao(objetivo=objetivo, nova=form.nova(), por=request.ator, em=request.agora),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def rever(request: HttpRequest, plano_id: UUID) -> HttpResponse:
    """A revisão do plano, com o dia da próxima."""
    plano = permissoes.obter_plano_para_mudar(request.ator, plano_id=plano_id)
    form = forms.Rever(request.POST or None, initial={"dia": request.hoje})
    return _pagina(
        request,
        plano.acompanhamento,
        form,
        titulo="Rever o plano",
        botao="Registrar a revisão",
        feito="Revisão registrada.",
        ato=lambda limpos: acoes.rever(
            plano=plano, nova=form.nova(), por=request.ator, em=request.agora, hoje=request.hoje
        ),
    )


@require_POST
def situar_objetivo(request: HttpRequest, objetivo_id: UUID) -> HttpResponse:
    """Em que pé está o objetivo."""
    objetivo = permissoes.obter_objetivo_para_mudar(request.ator, objetivo_id=objetivo_id)
    return _situar(
        request,
        objetivo.plano.acompanhamento,
        lambda situacao: acoes.situar_objetivo(
            objetivo=objetivo, situacao=situacao, por=request.ator, em=request.agora
        ),
    )


@require_POST
def situar_acao(request: HttpRequest, acao_id: UUID) -> HttpResponse:
    """Em que pé está a ação."""
    acao = permissoes.obter_acao_para_mudar(request.ator, acao_id=acao_id)
    return _situar(
        request,
        acao.objetivo.plano.acompanhamento,
        lambda situacao: acoes.situar_acao(acao=acao, situacao=situacao, por=request.ator, em=request.agora),
    )


def _situar(request: HttpRequest, atual: Acompanhamento, ato: Callable[[str], object]) -> HttpResponse:
    try:
        ato(request.POST.get("situacao", ""))
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "Guardado.")
    return redirect("acompanhamento", atual.pk)


def _pagina(
    request: HttpRequest,
    atual: Acompanhamento,
    form: Any,
    *,
    titulo: str,
    botao: str,
    feito: str,
    ato: Callable[[dict[str, Any]], object],
    sobre: str = "",
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            ato(form.cleaned_data)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, feito)
            return redirect("acompanhamento", atual.pk)
    registrar_leitura(
        objeto=atual.familia,
        titulares=[atual.familia_id],
        campos=("plano",),
        territorio=atual.abrangencia,
        por=request.ator,
        em=request.agora,
    )
    contexto = {"atual": atual, "form": form, "titulo": titulo, "descricao": sobre, "botao": botao, "referencia": None}
    return render(request, "prontuarios/um_ato.jinja", contexto)
