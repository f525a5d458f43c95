"""A porta da casa: apresentação para quem não entrou, “A fazer” para quem age por um vínculo."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from suas.cadastros.territorio.models import Municipio
from suas.financas.partilhas.consultas.entradas import avisos, visiveis
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.tela import afazer
from suas.nucleo.tela.filtros import reais

ULTIMAS = 4


@login_not_required
@require_GET
def inicio(request: HttpRequest) -> HttpResponse:
    if request.ator.vinculo is not None:
        pendencias = afazer.de(request.ator, hoje=request.hoje)
        return render(request, "tela/a_fazer.jinja", {"pendencias": pendencias, "hoje": request.hoje})
    publicadas = [
        {
            "titulo": partilha.nome,
            "estado": f"{reais(partilha.recurso_centavos)} · {partilha.get_estado_display()}",
            "endereco": reverse("partilha", args=[partilha.pk]),
            "nota": " · ".join(avisos(partilha)),
        }
        for partilha in visiveis(ATOR_PUBLICO)[:ULTIMAS]
    ]
    contexto = {"partilhas": publicadas, "total_de_municipios": Municipio.objects.filter(ate_ano=None).count()}
    return render(request, "tela/inicio_publico.jinja", contexto)
