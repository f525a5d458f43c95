"""Baixar a partilha: cotas, grupos, insumos e a memória de cálculo."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from suas.financas.partilhas import permissoes
from suas.financas.partilhas.consultas import leitura, listas, memorias
from suas.financas.partilhas.models import Partilha
from suas.nucleo.documentos.entrega import como_arquivo

RESULTADOS = {"municipios.csv": memorias.municipios_csv, "grupos.csv": memorias.grupos_csv}


@login_not_required
@require_safe
def arquivo(request: HttpRequest, partilha_id: UUID, nome: str) -> HttpResponse:
    """Um dos arquivos da partilha, só com as linhas que o ator vê; a memória, inteira ou nada.

    insumos.csv segue os filtros da lista de insumos (q, uf, mostrar), para baixar o que se vê.
    """
    if nome == "memoria.json":
        return _memoria(request, partilha_id)
    partilha = permissoes.obter_partilha_para_ver(request.ator, partilha_id=partilha_id)
    if nome == "insumos.csv":
        achados = listas.insumos(request.ator, partilha, listas.FiltroDeInsumos.de(request.GET))
        dados = memorias.insumos_csv(partilha, achados.order_by("municipio_id"))
    elif nome in RESULTADOS and partilha.versao_simulada is not None:
        dados = RESULTADOS[nome](request.ator, partilha)
    else:
        raise Http404
    return _como_arquivo(partilha, nome, dados, "text/csv; charset=utf-8")


@login_not_required
@require_safe
def peca(request: HttpRequest, partilha_id: UUID, peca_id: UUID) -> FileResponse:
    """O documento de uma peça, para quem vê a partilha; a peça retirada já não se lê."""
    lida = permissoes.obter_peca_para_ler(request.ator, partilha_id=partilha_id, peca_id=peca_id)
    return como_arquivo(lida.documento, ator=request.ator, publicado=lida.partilha.publica)


def _memoria(request: HttpRequest, partilha_id: UUID) -> HttpResponse:
    partilha = permissoes.obter_partilha_para_baixar_memoria(request.ator, partilha_id=partilha_id)
    dados = memorias.bytes_da_memoria(partilha)
    if dados is None:
        raise Http404
    resposta = _como_arquivo(partilha, "memoria.json", dados, "application/json")
    resposta["X-SHA-256"] = partilha.sha256
    return resposta


def _como_arquivo(partilha: Partilha, nome: str, dados: bytes, tipo: str) -> HttpResponse:
    resposta = HttpResponse(dados, content_type=tipo)
    resposta["Content-Disposition"] = f'attachment; filename="{leitura.nome_do_arquivo(partilha, nome)}"'
    return resposta
