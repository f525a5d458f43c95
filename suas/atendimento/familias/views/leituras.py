"""Ler o que outra unidade anotou, dizendo por quê; e quem leu, para quem coordena e para a gestão."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.atendimento.familias import forms, permissoes
from suas.atendimento.familias.acoes import atendimentos
from suas.atendimento.familias.consultas import vizinhas
from suas.nucleo.identidade import lugares
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 50


@never_cache
@require_http_methods(["GET", "POST"])
def abrir(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """Diz por que precisa ler; a licença vale uma hora e quem coordena a outra unidade fica sabendo."""
    familia, unidade = permissoes.obter_familia_para_ler_de_fora(request.ator, familia_id=familia_id)
    form = forms.MotivoDeLer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            atendimentos.ler_de_fora(
                familia=familia,
                unidade=unidade,
                motivo=form.cleaned_data["motivo"],
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Por uma hora você lê o que as outras unidades anotaram. Elas foram avisadas.")
            return redirect("familia", familia.pk)
    return render(request, "familias/ler_de_fora.jinja", {"familia": familia, "form": form})


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """As leituras de outras unidades: da própria, para quem a coordena; do município, para a gestão."""
    permissoes.exigir_leituras_de_fora(request.ator)
    ator = request.ator
    unidade = ator.unidade if ator.papel.da_unidade else None
    feitas = vizinhas.leituras(municipio=ator.abrangencia, unidade=unidade)
    pagina = Paginator(feitas, POR_PAGINA).get_page(request.GET.get("pagina"))
    registrar_leitura(
        tabela="familias.leituradefora",
        ids=[lida.pk for lida in pagina],
        titulares=[lida.familia_id for lida in pagina],
        campos=("motivo",),
        territorio=ator.abrangencia,
        por=ator,
        em=request.agora,
    )
    contexto = {"pagina": pagina, "lugar": lugares.nome(ator.abrangencia), "da_unidade": unidade is not None}
    return render(request, "familias/leituras.jinja", contexto)
