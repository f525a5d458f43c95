"""Preencher uma ficha do prontuário, ver a história dela, e a linha do tempo da família."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from normas.prontuario import palavras
from suas.atendimento.familias import ligacoes
from suas.atendimento.familias import permissoes as familias
from suas.atendimento.familias.consultas import familia as da_familia
from suas.atendimento.prontuarios import permissoes
from suas.atendimento.prontuarios.acoes import blocos
from suas.atendimento.prontuarios.consultas import blocos as leitura
from suas.atendimento.prontuarios.consultas import linha
from suas.atendimento.prontuarios.forms.ficha import Preenchimento
from suas.atendimento.prontuarios.permissoes import DeQuem
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 50


@never_cache
@require_http_methods(["GET", "POST"])
def preencher(request: HttpRequest, familia_id: UUID, ficha: str, pessoa_id: UUID | None = None) -> HttpResponse:
    """Uma ficha do prontuário da unidade: o que está gravado, para mudar; gravar é sempre uma versão nova."""
    de_quem = permissoes.obter_ficha_para_preencher(
        request.ator, familia_id=familia_id, codigo=ficha, pessoa_id=pessoa_id
    )
    feitas = leitura.versoes(de_quem.prontuario, ficha=ficha, pessoa=pessoa_id)
    atual, nomes = feitas[0] if feitas else None, leitura.nomes(de_quem.familia)
    form = Preenchimento(
        ficha=de_quem.ficha,
        pessoas=nomes,
        respostas=atual.respostas if atual else {},
        sobre=atual.numero if atual else 0,
        hoje=request.hoje,
        dados=request.POST or None,
    )
    conflito: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        preenchida = form.preenchida()
        try:
            blocos.gravar(
                prontuario=de_quem.prontuario,
                ficha=de_quem.ficha,
                pessoa=de_quem.pessoa,
                preenchida=preenchida,
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except blocos.FaltasNaFicha as recusa:
            form.apontar(recusa.faltas)
        except MudouNoMeioTempo as recusa:
            form.gravacao.add_error(None, str(recusa))
            if atual is not None:
                conflito = palavras.mudancas(de_quem.ficha, atual.respostas, preenchida.respostas, nomes=nomes)
                form.sobre_a_de_agora(atual.numero)
        except AtoRecusado as recusa:
            form.gravacao.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Gravado. O que havia antes continua na história da ficha.")
            return redirect(reverse("familia", args=[familia_id]) + f"#bloco-{de_quem.ficha.bloco}")
    _registrar(request, de_quem)
    contexto = {"de_quem": de_quem, "form": form, "atual": atual, "feitas": feitas, "conflito": conflito}
    return render(request, "prontuarios/ficha.jinja", contexto)


@never_cache
@require_safe
def historia(
    request: HttpRequest, familia_id: UUID, unidade_id: UUID, ficha: str, pessoa_id: UUID | None = None
) -> HttpResponse:
    """Todas as versões da ficha, com quem gravou, quando e o que mudou."""
    de_quem = permissoes.obter_ficha_para_ler(
        request.ator,
        familia_id=familia_id,
        codigo=ficha,
        pessoa_id=pessoa_id,
        unidade_id=unidade_id,
        agora=request.agora,
    )
    feitas = leitura.versoes(de_quem.prontuario, ficha=ficha, pessoa=pessoa_id)
    _registrar(request, de_quem)
    contexto = {"de_quem": de_quem, "mudancas": leitura.mudancas(feitas, nomes=leitura.nomes(de_quem.familia))}
    return render(request, "prontuarios/historia.jinja", contexto)


@never_cache
@require_safe
def linha_do_tempo(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """Tudo o que houve com a família e o ator pode ler, do mais novo ao mais antigo."""
    acesso = familias.obter_familia_para_ver(request.ator, familia_id=familia_id, agora=request.agora)
    if not acesso.atende:
        familias.obter_unidade_para_atender(request.ator)
    lidas = acesso.unidades_lidas(da_familia.prontuarios(acesso.familia))
    momentos = linha.da_familia(acesso.familia, unidades=lidas, dentro=acesso.prontuario is not None)
    momentos += ligacoes.momentos(request.ator, acesso, lidas)
    momentos.sort(key=lambda momento: momento.dia, reverse=True)
    registrar_leitura(
        objeto=acesso.familia,
        titulares=[acesso.familia.pk, *(i.pessoa_id for i in da_familia.composicao(acesso.familia))],
        campos=("nome", "tipo", "descricao", "respostas") if lidas else ("nome",),
        territorio=acesso.familia.abrangencia,
        por=request.ator,
        em=request.agora,
        motivo="Leu também o que outra unidade anotou" if acesso.de_fora else "",
    )
    contexto = {
        "acesso": acesso,
        "referencia": da_familia.referencia(acesso.familia),
        "pagina": Paginator(momentos, POR_PAGINA).get_page(request.GET.get("pagina")),
    }
    return render(request, "prontuarios/linha_do_tempo.jinja", contexto)


def _registrar(request: HttpRequest, de_quem: DeQuem) -> None:
    registrar_leitura(
        objeto=de_quem.familia,
        titulares=[de_quem.familia.pk, *([de_quem.pessoa.pk] if de_quem.pessoa else [])],
        campos=("respostas", "observacao"),
        territorio=de_quem.familia.abrangencia,
        por=request.ator,
        em=request.agora,
    )
