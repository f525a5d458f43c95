"""Anotar em menos de meio minuto, anular o que se errou, e ver o mês da unidade com as linhas de cada conta."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.atendimento.familias import forms, permissoes
from suas.atendimento.familias.acoes import atendimentos
from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.listas import TipoDeAtendimento
from suas.atendimento.familias.models import Familia
from suas.nucleo.identificador import uuid7
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 50


@never_cache
@require_http_methods(["GET", "POST"])
def anotar(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """O que se fez com a família, na unidade do vínculo em uso."""
    prontuario = permissoes.obter_familia_para_atender(request.ator, familia_id=familia_id)
    composicao = leitura.composicao(prontuario.familia)
    inicial = {
        "chave": uuid7(),
        "dia": request.hoje,
        "pessoa": request.GET.get("pessoa", ""),
        "tipo": _tipo_do_dia(request),
    }
    form = forms.Anotar(request.POST or None, initial=inicial, composicao=composicao)
    if request.method == "POST" and form.is_valid():
        try:
            atendimentos.anotar(
                prontuario=prontuario, novo=form.novo(), por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Atendimento anotado.")
            if request.POST.get("depois") == "outra":
                return redirect(reverse("familias") + "?outra=1")
            return redirect("familia", prontuario.familia_id)
    _registrar(request, prontuario.familia, [i.pessoa_id for i in composicao if i.ate is None], ("nome",))
    contexto = {"form": form, "prontuario": prontuario, "referencia": leitura.referencia(prontuario.familia)}
    return render(request, "familias/anotar.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def anular(request: HttpRequest, atendimento_id: UUID) -> HttpResponse:
    """Risca um atendimento, com motivo."""
    atendimento = permissoes.obter_atendimento_para_anular(request.ator, atendimento_id=atendimento_id)
    form = forms.Motivo(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            atendimentos.anular(
                atendimento=atendimento, motivo=form.cleaned_data["motivo"], por=request.ator, em=request.agora
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Atendimento anulado. Continua no prontuário, riscado, e não conta.")
            return redirect("familia", atendimento.familia_id)
    _registrar(request, atendimento.familia, [], ("tipo",))
    return render(request, "familias/anular.jinja", {"form": form, "atendimento": atendimento})


@never_cache
@require_safe
def do_mes(request: HttpRequest) -> HttpResponse:
    """As contas do mês da unidade, por tipo; cada uma abre as suas linhas."""
    unidade = permissoes.obter_unidade_para_atender(request.ator)
    primeiro = forms.dia_de(request.GET.get("mes", ""), senao=request.hoje)
    fim = primeiro.replace(year=primeiro.year + primeiro.month // 12, month=primeiro.month % 12 + 1)
    tipo = TipoDeAtendimento(int(texto)) if (texto := request.GET.get("tipo", "")) in _TIPOS else None
    feitos = leitura.lista_do_mes(unidade, primeiro=primeiro, fim=fim, tipo=tipo)
    pagina = Paginator(feitos, POR_PAGINA).get_page(request.GET.get("pagina"))
    registrar_leitura(
        tabela="familias.atendimento",
        ids=[feito.pk for feito in pagina],
        titulares=[feito.familia_id for feito in pagina],
        campos=("tipo",),
        territorio=unidade.municipio_id,
        por=request.ator,
        em=request.agora,
    )
    return render(
        request,
        "familias/do_mes.jinja",
        {
            "unidade": unidade,
            "primeiro": primeiro,
            "anterior": _mes(primeiro, -1),
            "seguinte": _mes(primeiro, 1) if fim <= request.hoje else "",
            "contas": leitura.do_mes(unidade, primeiro=primeiro, fim=fim),
            "tipo": tipo,
            "pagina": pagina,
        },
    )


def _tipo_do_dia(request: HttpRequest) -> int | None:
    """O tipo que o endereço traz, ou o do último que a pessoa anotou hoje: quem visita, visita várias."""
    if (texto := request.GET.get("tipo", "")) in _TIPOS:
        return int(texto)
    pessoa = request.ator.pessoa
    return leitura.ultimo_tipo(pessoa.pk, dia=request.hoje) if pessoa is not None else None


_TIPOS = {str(tipo.value) for tipo in TipoDeAtendimento}


def _registrar(request: HttpRequest, familia: Familia, pessoas: list[UUID], campos: tuple[str, ...]) -> None:
    registrar_leitura(
        objeto=familia,
        titulares=[familia.pk, *pessoas],
        campos=campos,
        territorio=familia.abrangencia,
        por=request.ator,
        em=request.agora,
    )


def _mes(primeiro: date, passo: int) -> str:
    meses = primeiro.year * 12 + primeiro.month - 1 + passo
    return f"{meses // 12:04d}-{meses % 12 + 1:02d}"
