"""Unidades que parecem repetidas: o porquê de cada par, pedir para juntar, ou dizer que são duas."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from suas.cadastros.rede import consultas, permissoes, repetidas, saidas
from suas.cadastros.rede.acoes import repetidas as acoes
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import exportar

POR_PAGINA = 50


@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Os pares do território do vínculo, e os que já se disse serem duas unidades."""
    onde = permissoes.territorio_das_repetidas(request.ator)
    pares = repetidas.pares(onde)
    if exportar.pedido(request):
        return exportar.baixar(request, saidas.das_repetidas(pares))
    pagina = Paginator(pares, POR_PAGINA).get_page(request.GET.get("pagina"))
    ids = {numero for par in pagina for numero in (par.uma, par.outra)}
    ditos = list(repetidas.ditos_distintos(onde)[:POR_PAGINA])
    return render(
        request,
        "rede/repetidas.jinja",
        {
            "pagina": pagina,
            "unidades": {unidade.pk: unidade for unidade in consultas.por_extenso(ids)},
            "ditos": ditos,
            "quem": repetidas.quem_disse_cada(ditos),
            "pede": permissoes.pode_pedir_no_municipio(request.ator, onde),
            "onde": onde,
        },
    )


@require_POST
def distintas(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """São duas unidades, e não a mesma: o par deixa de se sugerir."""
    uma = permissoes.obter_unidade_para_juntar(request.ator, unidade_id=unidade_id)
    outra = permissoes.obter_outra_para_juntar(request.ator, unidade=uma, outra_id=request.POST.get("outra", ""))
    if outra is None:
        messages.error(request, "A outra unidade do par não está mais na lista do município.")
        return redirect("rede-repetidas")
    try:
        acoes.dizer_distintas(
            uma=uma,
            outra=outra,
            motivo=request.POST.get("motivo", "").replace("\0", "")[:300],
            por=request.ator,
            em=request.agora,
        )
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(
            request, f"Anotado: {uma.nome} e {outra.nome} são duas. Dá para voltar atrás no fim da página."
        )
    return redirect("rede-repetidas")


@require_POST
def voltar(request: HttpRequest, par_id: UUID) -> HttpResponse:
    """Volta a sugerir o par."""
    par = permissoes.obter_par_para_voltar(request.ator, par_id=par_id)
    nomes = str(par)
    acoes.voltar_a_sugerir(par=par, por=request.ator, em=request.agora)
    messages.success(request, f"{nomes} voltam a aparecer, se ainda se parecem.")
    return redirect("rede-repetidas")
