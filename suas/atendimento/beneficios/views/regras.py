"""A regra dos benefícios eventuais de um município: todos leem, e a gestão dele escreve."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.atendimento.beneficios import forms, permissoes
from suas.atendimento.beneficios.acoes import beneficios as acoes
from suas.atendimento.beneficios.consultas import beneficios as leitura
from suas.atendimento.beneficios.listas import Tipo
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.recusa import AtoRecusado


@login_not_required
@require_safe
def ver(request: HttpRequest, codigo: str) -> HttpResponse:
    """Que benefícios o município oferta hoje, a quem, quanto, e por que ato; e o que valeu antes."""
    municipio = get_object_or_404(Municipio.objects.select_related("uf"), pk=codigo)
    todas = leitura.regras_de_sempre(municipio.pk)
    em_vigor = leitura.regras_em(municipio.pk, dia=request.hoje)
    vigentes = {regra.pk for regra in em_vigor.values()}
    contexto = {
        "municipio": municipio,
        "em_vigor": [em_vigor[tipo] for tipo in Tipo if tipo in em_vigor],
        "sem_regra": [tipo for tipo in Tipo if tipo not in em_vigor],
        "outras": [regra for regra in todas if regra.pk not in vigentes],
        "regula": permissoes.regula(request.ator, municipio.pk),
        "hoje": request.hoje,
    }
    return render(request, "beneficios/regras.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def nova(request: HttpRequest, codigo: str) -> HttpResponse:
    """Uma regra a partir de um dia; a de antes fica na história."""
    municipio = permissoes.obter_municipio_para_regular(request.ator, codigo=codigo)
    form = forms.DaRegra(request.POST or None, initial={"desde": request.hoje, "ofertado": "sim", "prestacoes": 1})
    if request.method == "POST" and form.is_valid():
        try:
            acoes.registrar_regra(municipio=municipio.pk, nova=form.nova(), por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, "Regra registrada.")
            return redirect("beneficios-regras", municipio.pk)
    return render(request, "beneficios/regra_nova.jinja", {"municipio": municipio, "form": form})
