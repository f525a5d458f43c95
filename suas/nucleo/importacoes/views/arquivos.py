"""Os arquivos que se baixam: o modelo de cada planilha e as faltas, para corrigir fora e reenviar."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from suas.nucleo.importacoes import modelos, permissoes
from suas.nucleo.importacoes.acoes.leitura import anotar_leitura
from suas.nucleo.planilhas import saida
from suas.nucleo.planilhas.leitura import PlanilhaIlegivel


@require_safe
def modelo(request: HttpRequest, codigo: str, formato: str) -> HttpResponse:
    """O modelo da planilha, com uma linha de exemplo e a explicação das colunas."""
    importador = permissoes.obter_importador_para_trazer(request.ator, codigo=codigo)
    if formato not in saida.FORMATOS_DE_PLANILHA:
        raise Http404
    return _como_arquivo(modelos.modelo(importador, formato=formato), f"modelo-{importador.codigo}", formato)


@require_safe
def faltas(request: HttpRequest, importacao_id: UUID, formato: str) -> HttpResponse:
    """As linhas com falta, como vieram e com o que há de errado em cada uma."""
    importacao, importador = permissoes.obter_importacao_para_ver(request.ator, importacao_id=importacao_id)
    if formato not in saida.FORMATOS_DE_PLANILHA:
        raise Http404
    try:
        conteudo = modelos.faltas(importacao, importador, formato=formato)
    except PlanilhaIlegivel as erro:
        messages.error(request, str(erro))
        return redirect("importacao", importacao_id=importacao.pk)
    anotar_leitura(importacao=importacao, importador=importador, por=request.ator, em=request.agora)
    return _como_arquivo(conteudo, f"faltas-{importador.codigo}", formato)


def _como_arquivo(conteudo: bytes, nome: str, formato: str) -> HttpResponse:
    resposta = HttpResponse(conteudo, content_type=saida.TIPOS[formato])
    resposta["Content-Disposition"] = f'attachment; filename="{nome}.{formato}"'
    resposta["Cache-Control"] = "private, no-store"
    return resposta
