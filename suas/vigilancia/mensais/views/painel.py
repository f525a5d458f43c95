"""O painel do mês: quem deve e quem entregou."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from suas.nucleo.identidade import lugares
from suas.vigilancia.mensais import consultas, permissoes


@never_cache
@require_safe
def painel(request: HttpRequest) -> HttpResponse:
    """O painel do território do vínculo em uso."""
    return lugar(request, request.ator.abrangencia)


@never_cache
@require_safe
def lugar(request: HttpRequest, onde: str) -> HttpResponse:
    """Num município, as unidades que devem o mês; numa UF ou no país, as contas de cada lugar."""
    permissoes.exigir_painel(request.ator, onde=onde)
    competencia = consultas.lido(request.GET.get("mes", ""), hoje=request.hoje) or consultas.competencia_da_vez(
        request.hoje
    )
    so = request.ator.unidade if request.ator.papel.da_unidade else None
    no_municipio = len(onde) == 7
    linhas = consultas.quadro(onde, competencia=competencia, so=so) if no_municipio else []
    contas = [] if no_municipio else consultas.contas(onde, competencia=competencia)
    return render(
        request,
        "mensais/painel.jinja",
        {
            "onde": onde,
            "lugar": lugares.nome(onde),
            "competencia": competencia,
            "meses": [(str(mes), f"{mes.desde:%m/%Y}") for mes in consultas.competencias(request.hoje)],
            "prazo": consultas.prazo(competencia),
            "linhas": linhas,
            "contas": contas,
            "nomes": lugares.nomes([conta.codigo for conta in contas]),
            "devem": len(linhas) or sum(conta.devem for conta in contas),
            "entregaram": sum(linha.entregue for linha in linhas) or sum(conta.entregaram for conta in contas),
            "preenche_tudo": permissoes.preenche_no_municipio(request.ator, onde=onde),
            "codigos": sorted({consultas.FORMULARIOS[linha.unidade.tipo] for linha in linhas}),
            "preenche": lambda unidade: permissoes.pode(request.ator, permissoes.PREENCHER, unidade),
        },
    )
