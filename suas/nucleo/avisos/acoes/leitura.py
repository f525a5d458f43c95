"""Marcar avisos como lidos. É da própria pessoa e não muda nada para mais ninguém: não vai à trilha."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from suas.nucleo.avisos.models import Aviso
from suas.nucleo.permissoes.ator import Ator


def marcar_lido(*, aviso: Aviso, por: Ator, em: datetime) -> None:
    """Marca um aviso de quem age como lido."""
    _proprios(por).filter(pk=aviso.pk).update(lido_em=em)


def marcar_todos_lidos(*, por: Ator, em: datetime) -> int:
    """Marca como lidos todos os de quem age; devolve quantos."""
    return _proprios(por).update(lido_em=em)


def _proprios(por: Ator) -> QuerySet[Aviso]:
    return Aviso.objects.filter(pessoa=por.pessoa, lido_em__isnull=True)
