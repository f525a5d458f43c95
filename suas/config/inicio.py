"""A porta da casa: apresentação para quem não entrou, “A fazer” para quem age por um vínculo."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from suas.cadastros.territorio import mapa
from suas.financas.partilhas.consultas import entradas, leitura
from suas.nucleo.tela import afazer

NA_PORTA = 4


@login_not_required
@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    if request.ator.vinculo is None:
        return render(
            request,
            "tela/inicio_publico.jinja",
            {
                "partilhas": leitura.listar(entradas.visiveis(request.ator))[:NA_PORTA],
                "mapa": mapa.moldura_do_brasil(
                    titulo="Mapa do Brasil por UF", endereco_da_uf=lambda sigla: reverse("territorio-uf", args=[sigla])
                ),
            },
        )
    pendencias = afazer.de(request.ator, hoje=request.hoje)
    contexto = {"pendencias": pendencias, "hoje": request.hoje, "tarefas": afazer.tarefas_de(request.ator)}
    return render(request, "tela/a_fazer.jinja", contexto)
