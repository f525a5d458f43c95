"""Quem acompanha um andamento."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.nucleo.fila.models import Andamento
from suas.nucleo.permissoes.ator import Ator


def obter_andamento_para_ver(ator: Ator, *, andamento_id: UUID) -> Andamento:
    """O andamento, para quem alcança o território dele; senão ele não existe (404)."""
    andamento = get_object_or_404(Andamento, pk=andamento_id)
    if not ator.alcanca(andamento.abrangencia):
        raise Http404
    return andamento
