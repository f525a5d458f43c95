"""Achar um andamento; quantas tarefas estão paradas."""

from __future__ import annotations

from uuid import UUID

from suas.nucleo.fila.models import Andamento, EstadoDaTarefa, Tarefa
from suas.nucleo.fila.models import Estado as EstadoDoAndamento

__all__ = ["EstadoDoAndamento", "andamento", "andamento_se_houver", "quantas_paradas"]


def andamento(andamento_id: UUID | str) -> Andamento:
    """O andamento que `acoes.abrir` criou; `Andamento.DoesNotExist` se não há."""
    return Andamento.objects.get(pk=andamento_id)


def andamento_se_houver(andamento_id: UUID | None) -> Andamento | None:
    """O andamento, ou nada se ninguém o abriu ou ele já se foi."""
    return Andamento.objects.filter(pk=andamento_id).first() if andamento_id else None


def quantas_paradas() -> int:
    """As tarefas que só andam de novo por gente."""
    return Tarefa.objects.filter(estado=EstadoDaTarefa.PARADA).count()
