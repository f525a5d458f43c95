"""Cuidam do fundo a gestão, o gestor do fundo e o contador do próprio ente. Ler o fundo é público; as contas, não."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.cadastros.fundos.models import Conta, Fundo, Responsavel
from suas.cadastros.orgaos.consultas import Ente
from suas.cadastros.orgaos.permissoes import cuida, exigir_cuidar, le_atos, obter_ente
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao


def cuida_do_fundo(ator: Ator, *, codigo: str) -> bool:
    """O ator atualiza o registro do fundo deste ente?"""
    return cuida(ator, Permissao.FUNDO_ATUALIZAR, codigo=codigo)


def ve_contas(ator: Ator, *, codigo: str) -> bool:
    """As contas bancárias, vê quem entrou e alcança o ente."""
    return not ator.e_publico and ator.alcanca(codigo)


def obter_fundo_para_ver(ator: Ator, *, codigo: str) -> Fundo:
    """O fundo registrado; ler é público a qualquer ator, e o que ninguém registrou é 404."""
    return get_object_or_404(Fundo, abrangencia=codigo)


def obter_fundo_pelo_id_para_ver(ator: Ator, *, fundo_id: UUID) -> Fundo:
    """O fundo do identificador que a interface dá; ler é público a qualquer ator, menos as contas (`ve_contas`)."""
    return get_object_or_404(Fundo, pk=fundo_id)


def obter_ente_para_editar(ator: Ator, *, codigo: str) -> Ente:
    """O ente cujo fundo o ator registra e atualiza."""
    achado = obter_ente(ator, codigo=codigo)
    exigir_cuidar(ator, Permissao.FUNDO_ATUALIZAR, codigo=achado.codigo)
    return achado


def obter_fundo_para_editar(ator: Ator, *, codigo: str) -> Fundo:
    """O fundo que o ator atualiza; antes do primeiro registro, 404."""
    return obter_fundo_para_ver(ator, codigo=obter_ente_para_editar(ator, codigo=codigo).codigo)


def obter_responsavel_para_ler_o_ato(ator: Ator, *, responsavel_id: UUID) -> Responsavel:
    """Quem responde pelo fundo, com o arquivo do ato: 404 fora da abrangência, e quando não há arquivo."""
    com_arquivo = Responsavel.objects.select_related("fundo", "ato_documento").filter(ato_documento__isnull=False)
    responsavel = get_object_or_404(com_arquivo, pk=responsavel_id)
    if not le_atos(ator, codigo=responsavel.fundo.abrangencia):
        raise Http404
    return responsavel


def obter_responsavel_para_encerrar(ator: Ator, *, responsavel_id: UUID) -> Responsavel:
    """Quem responde por um fundo de que o ator cuida."""
    responsavel = get_object_or_404(Responsavel.objects.select_related("fundo"), pk=responsavel_id)
    exigir_cuidar(ator, Permissao.FUNDO_ATUALIZAR, codigo=responsavel.fundo.abrangencia)
    return responsavel


def obter_conta_para_encerrar(ator: Ator, *, conta_id: UUID) -> Conta:
    """A conta de um fundo de que o ator cuida; a de outro ente não existe para ele (404)."""
    conta = get_object_or_404(Conta.objects.select_related("fundo"), pk=conta_id)
    if not ve_contas(ator, codigo=conta.fundo.abrangencia):
        raise Http404
    exigir_cuidar(ator, Permissao.FUNDO_ATUALIZAR, codigo=conta.fundo.abrangencia)
    return conta
