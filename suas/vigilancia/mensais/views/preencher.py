"""Preencher o mês: a página inteira, uma célula por vez, e o que não combina enquanto se escreve."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from normas.base.inconsistencia import Gravidade
from normas.registros.formulario import Versao
from normas.registros.leitura import formulario
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import BRASILIA
from suas.vigilancia.mensais import celulas, consultas, exame, forms, permissoes, quadro
from suas.vigilancia.mensais.acoes import envio, preenchimento
from suas.vigilancia.mensais.acoes.preenchimento import CelulasEmConflito
from suas.vigilancia.mensais.celulas import Escrito
from suas.vigilancia.mensais.models import RegistroMensal
from suas.vigilancia.mensais.views.endereco import competencia_do


@never_cache
@require_http_methods(["GET", "POST"])
def preencher(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """Guarda o que se escreveu, sempre; com “enviar”, confere e envia."""
    unidade = permissoes.obter_unidade_para_preencher(request.ator, unidade_id=unidade_id)
    competencia = competencia_do(request, mes)
    versao = formulario(consultas.FORMULARIOS[unidade.tipo], em=competencia)
    registro = consultas.registro_de(unidade, competencia=competencia)
    escritas = _celulas(registro, versao)
    recusa: AtoRecusado | None = None
    if request.method == "POST":
        escritas = forms.enviadas(request.POST, versao=versao)
        itens, justificativas = celulas.montar(escritas, versao=versao)
        try:
            registro = preenchimento.guardar(
                unidade=unidade,
                competencia=competencia,
                itens=itens,
                justificativas=justificativas,
                versao=_inteiro(request.POST.get("versao", "")),
                lidas=forms.lidas(request.POST),
                por=request.ator,
                em=request.agora,
            )
            escritas = _celulas(registro, versao)  # com o que outra pessoa gravou em outras células
            if "enviar" in request.POST:
                feito = envio.enviar(registro=registro, por=request.ator, em=request.agora, hoje=request.hoje)
                messages.success(request, f"Mês enviado ({feito}). A vigilância do município confere.")
                return redirect("rma", unidade.pk, mes)
            messages.success(request, "Rascunho guardado.")
            return redirect("rma-preencher", unidade.pk, mes)
        except AtoRecusado as erro:
            recusa = erro
            registro = consultas.registro_de(unidade, competencia=competencia)
    itens, justificativas = celulas.montar(escritas, versao=versao)
    return render(
        request,
        "mensais/preencher.jinja",
        {
            "unidade": unidade,
            "competencia": competencia,
            "registro": registro,
            "quadro": quadro.montar(unidade, competencia, itens=itens),
            "critica": _critica(registro, versao, recusa),
            "justificativas": justificativas,
            "versao": registro.versao if registro is not None else 0,
            "lidas": json.dumps(_celulas(registro, versao), ensure_ascii=False),
            "recusa": recusa,
            "conflitos": recusa.conflitos if isinstance(recusa, CelulasEmConflito) else [],
            "Gravidade": Gravidade,
            "le_registros": permissoes.pode(request.ator, permissoes.LER_REGISTROS, unidade),
            "prazo": consultas.prazo(competencia),
            "aberto": registro is None or registro.estado in RegistroMensal.ABERTOS,
        },
    )


@require_POST
def celula(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """Guarda uma célula e responde em poucas palavras: guardada (200), em conflito (409) ou recusada (422)."""
    unidade = permissoes.obter_unidade_para_preencher(request.ator, unidade_id=unidade_id)
    competencia = competencia_do(request, mes)
    try:
        guardada = preenchimento.guardar_celula(
            unidade=unidade,
            competencia=competencia,
            celula=request.POST.get("celula", ""),
            valor=request.POST.get("valor", ""),
            antes=request.POST.get("antes", ""),
            por=request.ator,
            em=request.agora,
        )
    except CelulasEmConflito as conflito:
        achado = conflito.conflitos[0]
        autor = consultas.quem_escreveu(conflito.registro, celula=achado.celula)
        return JsonResponse(
            {
                "atual": achado.atual,
                "seu": achado.seu,
                "quem": autor.nome if autor is not None else "outra pessoa",
                "hora": _hora(autor.em if autor is not None else conflito.registro.mudado_em),
            },
            status=409,
        )
    except AtoRecusado as recusa:
        return JsonResponse({"mensagem": str(recusa)}, status=422)
    return JsonResponse({"valor": guardada.valor, "hora": _hora(guardada.em), "versao": guardada.registro.versao})


@never_cache
@require_safe
def critica(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """O que não combina no que está guardado, item por item, para a página trocar sem recarregar."""
    unidade = permissoes.obter_unidade_para_preencher(request.ator, unidade_id=unidade_id)
    competencia = competencia_do(request, mes)
    versao = formulario(consultas.FORMULARIOS[unidade.tipo], em=competencia)
    registro = consultas.registro_de(unidade, competencia=competencia)
    achada = exame.criticar(registro, versao=versao)
    justificativas = registro.justificativas if registro is not None else {}
    desenhadas = {
        codigo: render_to_string(
            "mensais/_critica.jinja",
            {"achadas": achadas, "Gravidade": Gravidade, "justificativas": justificativas},
            request=request,
        )
        for codigo, achadas in achada.por_item.items()
    }
    return JsonResponse(
        {
            "itens": desenhadas,
            "faltam": achada.faltam,
            "impedem": achada.impedem,
            "a_justificar": achada.a_justificar,
        }
    )


def _celulas(registro: RegistroMensal | None, versao: Versao) -> dict[str, Escrito]:
    if registro is None:
        return {}
    return celulas.achatar(registro.itens, registro.justificativas, versao=versao)


def _critica(registro: RegistroMensal | None, versao: Versao, recusa: AtoRecusado | None) -> exame.Critica:
    """Depois de tentar enviar, tudo o que falta; antes, só o que o já escrito mostra."""
    if registro is not None and isinstance(recusa, envio.EnvioRecusado):
        return exame.de_achadas(recusa.inconsistencias, registro, versao=versao, cobra=True)
    return exame.criticar(registro, versao=versao)


def _inteiro(texto: str) -> int:
    return int(texto) if texto.isdecimal() and len(texto) < 9 else -1


def _hora(em: Any) -> str:
    return f"{em.astimezone(BRASILIA):%H:%M}"
