"""O acompanhamento da família pela unidade: inserir, desligar, avaliar, e a lista de quem se acompanha."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.atendimento.familias.consultas import familia as da_familia
from suas.atendimento.familias.forms import Motivo, dia_de
from suas.atendimento.prontuarios import permissoes
from suas.atendimento.prontuarios.acoes import acompanhamento as acoes
from suas.atendimento.prontuarios.consultas import acompanhamento as leitura
from suas.atendimento.prontuarios.forms import acompanhamento as forms
from suas.atendimento.prontuarios.models import Acompanhamento
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 50
CONTAS = {"A.1": "em acompanhamento no mês", "A.2": "inseridas no mês"}


@never_cache
@require_http_methods(["GET", "POST"])
def inserir(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """Insere a família no PAIF ou no PAEFI, conforme a unidade, com o perfil da entrada."""
    prontuario, servico = permissoes.obter_familia_para_acompanhar(request.ator, familia_id=familia_id)
    perfis = leitura.perfis(servico, em=request.hoje)
    inicial = {"dia": request.hoje, "perfil": leitura.sugestoes(prontuario, servico)}
    form = forms.Inserir(request.POST or None, perfis=perfis, initial=inicial)
    if request.method == "POST" and form.is_valid():
        try:
            feito = acoes.inserir(
                prontuario=prontuario, entrada=form.entrada(), por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, f"A família está em acompanhamento pelo {servico.label}. Falta o plano.")
            return redirect("acompanhamento", feito.pk)
    _registrar(request, prontuario.familia, ("nome", "perfil"))
    contexto = {
        "prontuario": prontuario,
        "servico": servico,
        "form": form,
        "sugeridos": inicial["perfil"],
        "referencia": da_familia.referencia(prontuario.familia),
    }
    return render(request, "prontuarios/inserir.jinja", contexto)


@never_cache
@require_safe
def ver(request: HttpRequest, acompanhamento_id: UUID) -> HttpResponse:
    """O acompanhamento inteiro: o perfil, os planos com objetivos e ações, as revisões e as avaliações."""
    atual = permissoes.obter_acompanhamento_para_ver(request.ator, acompanhamento_id=acompanhamento_id)
    sigilo = permissoes.le_sigilo(request.ator, municipio=atual.abrangencia, unidade=atual.unidade_id)
    perfis = leitura.perfis(atual.servico, em=atual.inicio)
    calados = set() if sigilo else leitura.SIGILOSOS[leitura.Servico(atual.servico)]
    planos = leitura.planos(atual, sigilo=sigilo)
    titulares = [i.pessoa_id for i in da_familia.composicao(atual.familia)]
    _registrar(request, atual.familia, ("nome", "perfil", "plano"), titulares)
    contexto = {
        "atual": atual,
        "sigilo": sigilo,
        "perfil": [(codigo, perfis.get(codigo, "")) for codigo in atual.perfil if codigo not in calados],
        "planos": planos,
        "avaliacoes": list(atual.avaliacoes.select_related("profissional")),
        "meses": leitura.meses(atual.inicio, atual.fim or request.hoje),
        "referencia": da_familia.referencia(atual.familia),
        "hoje": request.hoje,
    }
    return render(request, "prontuarios/acompanhamento.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def desligar(request: HttpRequest, acompanhamento_id: UUID) -> HttpResponse:
    """Desliga a família, com a razão do formulário."""
    return _um_ato(
        request,
        acompanhamento_id,
        titulo="Desligar do acompanhamento",
        descricao="A família continua atendida pela unidade, e pode ser inserida de novo.",
        botao="Desligar",
        feito="Desligada do acompanhamento.",
        form=forms.Desligar(request.POST or None, initial={"dia": request.hoje}),
        ato=lambda atual, form: acoes.desligar(
            acompanhamento=atual, saida=form.saida(), por=request.ator, em=request.agora, hoje=request.hoje
        ),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def avaliar(request: HttpRequest, acompanhamento_id: UUID) -> HttpResponse:
    """A avaliação do acompanhamento."""
    return _um_ato(
        request,
        acompanhamento_id,
        titulo="Avaliar o acompanhamento",
        descricao="Os meses de acompanhamento se contam sozinhos, até o dia da avaliação.",
        botao="Registrar avaliação",
        feito="Avaliação registrada.",
        form=forms.Avaliar(request.POST or None, initial={"dia": request.hoje}),
        ato=lambda atual, form: acoes.avaliar(
            acompanhamento=atual, avaliada=form.avaliada(), por=request.ator, em=request.agora, hoje=request.hoje
        ),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def anular(request: HttpRequest, acompanhamento_id: UUID) -> HttpResponse:
    """Risca o acompanhamento inserido por engano."""
    return _um_ato(
        request,
        acompanhamento_id,
        titulo="Anular a inserção",
        descricao="Para o que se inseriu por engano: continua no prontuário, riscado, e deixa de contar no mês.",
        botao="Anular",
        feito="Inserção anulada. Continua no prontuário, riscada, e não conta.",
        form=Motivo(request.POST or None),
        ato=lambda atual, form: acoes.anular(
            acompanhamento=atual, motivo=form.cleaned_data["motivo"], por=request.ator, em=request.agora
        ),
    )


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Quem a unidade acompanha num mês: as linhas por trás de A.1 e A.2 do registro mensal."""
    unidade, servico = permissoes.obter_unidade_que_acompanha(request.ator)
    primeiro = dia_de(request.GET.get("mes", ""), senao=request.hoje)
    fim = primeiro.replace(year=primeiro.year + primeiro.month // 12, month=primeiro.month % 12 + 1)
    item = request.GET.get("item", "A.1")
    item = item if item in CONTAS else "A.1"
    linhas = leitura.linhas_da_lista(unidade, item, primeiro=primeiro, fim=fim)
    pagina = Paginator(linhas, POR_PAGINA).get_page(request.GET.get("pagina"))
    registrar_leitura(
        tabela="prontuarios.acompanhamento",
        ids=[feito.pk for feito in pagina],
        titulares=[feito.familia_id for feito in pagina],
        campos=("nome",),
        territorio=unidade.municipio_id,
        por=request.ator,
        em=request.agora,
    )
    contexto = {
        "unidade": unidade,
        "servico": servico,
        "primeiro": primeiro,
        "anterior": _mes(primeiro.year * 12 + primeiro.month - 2),
        "seguinte": _mes(primeiro.year * 12 + primeiro.month) if fim <= request.hoje else "",
        "item": item,
        "contas": [
            (codigo, rotulo, leitura.linhas_da_lista(unidade, codigo, primeiro=primeiro, fim=fim).count())
            for codigo, rotulo in CONTAS.items()
        ],
        "pagina": pagina,
        "nomes": da_familia.referencias([feito.familia_id for feito in pagina]),
        "hoje": request.hoje,
    }
    return render(request, "prontuarios/lista.jinja", contexto)


def _um_ato(
    request: HttpRequest,
    acompanhamento_id: UUID,
    *,
    titulo: str,
    descricao: str,
    botao: str,
    feito: str,
    form: Any,
    ato: Callable[[Acompanhamento, Any], object],
) -> HttpResponse:
    """Uma página de um formulário só, sobre um acompanhamento: o que recusa volta com o digitado."""
    atual = permissoes.obter_acompanhamento_para_mudar(request.ator, acompanhamento_id=acompanhamento_id)
    if request.method == "POST" and form.is_valid():
        try:
            ato(atual, form)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, feito)
            return redirect("acompanhamento", atual.pk)
    _registrar(request, atual.familia, ("nome",))
    contexto = {
        "atual": atual,
        "form": form,
        "titulo": titulo,
        "descricao": descricao,
        "botao": botao,
        "referencia": da_familia.referencia(atual.familia),
    }
    return render(request, "prontuarios/um_ato.jinja", contexto)


def _registrar(request: HttpRequest, familia: Any, campos: tuple[str, ...], pessoas: list[UUID] | None = None) -> None:
    registrar_leitura(
        objeto=familia,
        titulares=[familia.pk, *(pessoas or [])],
        campos=campos,
        territorio=familia.abrangencia,
        por=request.ator,
        em=request.agora,
    )


def _mes(meses: int) -> str:
    return f"{meses // 12:04d}-{meses % 12 + 1:02d}"
