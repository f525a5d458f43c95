"""Telas da cobertura no tempo: quantos CRAS havia em cada ano, no país, numa UF ou num município."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from suas.cadastros.cobertura import no_tempo
from suas.cadastros.rede import consultas as rede
from suas.nucleo.tela import exportar

COLUNAS = (
    exportar.coluna("ano", "Ano", "inteiro"),
    exportar.coluna("cras", "CRAS no fim do ano", "inteiro"),
    exportar.coluna("abriram", "Abriram", "inteiro"),
    exportar.coluna("fecharam", "Fecharam", "inteiro"),
)


@login_not_required
@require_safe
def lugar(request: HttpRequest, onde: str = "") -> HttpResponse:
    """Os CRAS ano a ano, em gráfico e tabela."""
    do_lugar = rede.lugar(onde)
    if do_lugar is None:
        raise Http404
    calculado = no_tempo.cras_no_tempo(do_lugar.codigo, hoje=request.hoje)
    if exportar.pedido(request):
        linhas = [(ano.ano, ano.cras, ano.abriram, ano.fecharam) for ano in calculado.anos]
        lista = exportar.Lista(
            nome=f"cras-por-ano-{do_lugar.codigo}", titulo="CRAS por ano", colunas=COLUNAS, linhas=linhas
        )
        return exportar.baixar(request, lista)
    return render(request, "cobertura/anos.jinja", {"lugar": do_lugar, "calculado": calculado})
