"""Achar um andamento."""

from __future__ import annotations

from uuid import UUID

from suas.nucleo.fila.models import Andamento
from suas.nucleo.fila.models import Estado as EstadoDoAndamento

__all__ = ["EstadoDoAndamento", "andamento"]


def andamento(andamento_id: UUID | str) -> Andamento:
    """O andamento que `acoes.abrir` criou; `Andamento.DoesNotExist` se não há."""
    return Andamento.objects.get(pk=andamento_id)
