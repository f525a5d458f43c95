"""Registros que parecem da mesma pessoa: ver lado a lado, juntar, dizer que são duas, e desfazer."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from normas.base.documentos import cpf_com_pontos, nis_com_pontos
from suas.atendimento.familias import forms, permissoes
from suas.atendimento.familias.acoes import repetidas as atos
from suas.atendimento.familias.consultas import busca
from suas.atendimento.familias.consultas import repetidas as leitura
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 20
JUNTADAS_A_VISTA = 50


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Os pares que se propõem, os que alguém disse serem dois, e o que já se juntou."""
    unidade = permissoes.obter_unidade_para_repetidas(request.ator)
    municipio = unidade.municipio_id
    pagina = Paginator(leitura.pares(municipio), POR_PAGINA).get_page(request.GET.get("pagina"))
    pessoas = leitura.por_id(pk for par in pagina for pk in (par.uma, par.outra))
    distintas = list(leitura.ditas_distintas(municipio)[:JUNTADAS_A_VISTA])
    juncoes = list(leitura.juncoes(municipio)[:JUNTADAS_A_VISTA])
    lidas = [*pessoas, *(pk for d in distintas for pk in (d.uma_id, d.outra_id))]
    _ler(request, [*lidas, *(pk for j in juncoes for pk in (j.fica_id, j.sai_id))])
    return render(
        request,
        "familias/repetidas.jinja",
        {"unidade": unidade, "pagina": pagina, "pessoas": pessoas, "distintas": distintas, "juncoes": juncoes},
    )


@never_cache
@require_http_methods(["GET", "POST"])
def comparar(request: HttpRequest, uma_id: UUID, outra_id: UUID) -> HttpResponse:
    """Os dois registros lado a lado; escolhe-se o que fica, e diz-se em que se baseou."""
    uma, outra = permissoes.obter_par_para_decidir(request.ator, uma_id=uma_id, outra_id=outra_id)
    unidade = permissoes.obter_unidade_para_repetidas(request.ator)
    form = forms.Juntar(request.POST or None, uma=uma, outra=outra)
    if request.method == "POST" and form.is_valid():
        fica, sai = (uma, outra) if form.cleaned_data["fica"] == str(uma.pk) else (outra, uma)
        try:
            atos.juntar(
                fica=fica,
                sai=sai,
                motivo=form.cleaned_data["motivo"],
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Os dois registros são um só. Se foi engano, desfaça nesta página.")
            return redirect("pessoas-repetidas")
    _ler(request, [uma.pk, outra.pk])
    return render(
        request,
        "familias/juntar.jinja",
        {
            "achadas": busca.com_familia([uma, outra], unidade=unidade.pk),
            "uma": uma,
            "outra": outra,
            "form": form,
            "cpf": cpf_com_pontos,
            "nis": nis_com_pontos,
        },
    )


@never_cache
@require_POST
def distintas(request: HttpRequest, uma_id: UUID, outra_id: UUID) -> HttpResponse:
    """São duas pessoas: o par não se propõe mais."""
    uma, outra = permissoes.obter_par_para_decidir(request.ator, uma_id=uma_id, outra_id=outra_id)
    try:
        atos.dizer_distintas(
            uma=uma,
            outra=outra,
            motivo=request.POST.get("motivo", "").replace("\0", "")[:300],
            por=request.ator,
            em=request.agora,
        )
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "São duas pessoas: o par não se propõe mais.")
    return redirect("pessoas-repetidas")


@never_cache
@require_POST
def voltar_a_propor(request: HttpRequest, par_id: UUID) -> HttpResponse:
    """Volta atrás no que se disse serem duas."""
    par = permissoes.obter_distintas_para_voltar(request.ator, par_id=par_id)
    atos.voltar_a_propor(par=par, por=request.ator, em=request.agora)
    messages.success(request, "Se ainda se parecem, o par volta à lista.")
    return redirect("pessoas-repetidas")


@never_cache
@require_http_methods(["GET", "POST"])
def desfazer(request: HttpRequest, juncao_id: UUID) -> HttpResponse:
    """Devolve ao registro que saiu o que era dele."""
    juncao = permissoes.obter_juncao_para_desfazer(request.ator, juncao_id=juncao_id)
    form = forms.Motivo(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            feita = atos.desfazer(juncao=juncao, motivo=form.cleaned_data["motivo"], por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            resto = (
                f" Não voltou, porque mudou no meio tempo: {', '.join(feita.nao_voltou)}." if feita.nao_voltou else ""
            )
            messages.success(request, f"São dois registros de novo.{resto}")
            return redirect("pessoas-repetidas")
    _ler(request, [juncao.fica_id, juncao.sai_id])
    return render(request, "familias/desfazer_juncao.jinja", {"juncao": juncao, "form": form})


def _ler(request: HttpRequest, pessoas: Iterable[UUID]) -> None:
    lidas = list(dict.fromkeys(pessoas))
    registrar_leitura(
        tabela="familias.pessoaatendida",
        ids=lidas,
        titulares=lidas,
        campos=("nome", "nome_social", "nome_da_mae", "nascimento", "cpf", "nis"),
        territorio=request.ator.abrangencia,
        por=request.ator,
        em=request.agora,
    )
