"""Quem lê um documento."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.nucleo.documentos.consultas import pode_ler
from suas.nucleo.documentos.models import Documento
from suas.nucleo.permissoes.ator import Ator


def obter_documento_para_ler(ator: Ator, *, documento_id: UUID) -> Documento:
    """O documento, se o ator o pode ler; senão ele não existe (404)."""
    documento = get_object_or_404(Documento, pk=documento_id)
    if not pode_ler(ator, documento):
        raise Http404
    return documento
