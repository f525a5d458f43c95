"""Quem recebe o BPC, na unidade que acompanha e na família, e que revisões vêm."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from suas.atendimento.beneficios.models import Bpc, Revisao

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Familia


def da_unidade(unidade: UUID, *, cessados: bool = False) -> QuerySet[Bpc]:
    """Os que a unidade acompanha, a revisão mais próxima primeiro."""
    acompanha = Bpc.objects.filter(unidade=unidade, ate__isnull=not cessados)
    return acompanha.select_related("pessoa", "familia").order_by("rever_ate", "id")


def da_familia(familia: Familia, *, unidades: Iterable[UUID]) -> list[Bpc]:
    """Os da família, registrados nas unidades lidas."""
    return list(Bpc.objects.filter(familia=familia, unidade__in=list(unidades)).select_related("pessoa", "unidade"))


def revisoes(bpc: Bpc) -> list[Revisao]:
    return list(bpc.revisoes.select_related("profissional"))


def a_rever(unidade: UUID, *, ate: date) -> tuple[int, date | None]:
    """Quantas revisões chegam até o dia, e a primeira."""
    dias = list(da_unidade(unidade).filter(rever_ate__lte=ate).values_list("rever_ate", flat=True))
    return len(dias), dias[0] if dias else None
