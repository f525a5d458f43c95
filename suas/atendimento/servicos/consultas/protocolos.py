"""O que está combinado entre pares de unidades."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max, Q

from suas.atendimento.servicos.models import Protocolo
from suas.cadastros.rede.models import Unidade

Estado = Protocolo.Estado


def em_vigor(*, origem: Unidade, destino: Unidade | None) -> Protocolo | None:
    """O que vale hoje do par, nesta direção."""
    if destino is None:
        return None
    return Protocolo.objects.filter(origem=origem, destino=destino, estado=Estado.VIGENTE).first()


def das_origens(origem: Unidade) -> dict[UUID, Protocolo]:
    """Os que valem, de quem encaminha, por unidade que recebe."""
    return {p.destino_id: p for p in Protocolo.objects.filter(origem=origem, estado=Estado.VIGENTE)}


def da_unidade(unidade: UUID) -> list[Protocolo]:
    """Todos em que a unidade entra, com os de antes."""
    dela = Protocolo.objects.filter(Q(origem=unidade) | Q(destino=unidade))
    return list(dela.select_related("origem", "destino", "proposto_pela"))


def a_responder(unidade: UUID) -> int:
    """Quantas propostas da outra parte esperam a unidade."""
    dela = Protocolo.objects.filter(Q(origem=unidade) | Q(destino=unidade), estado=Estado.PROPOSTO)
    return dela.exclude(proposto_pela=unidade).count()


def proximo_numero(*, origem: Unidade, destino: Unidade) -> int:
    ultimo = Protocolo.objects.filter(origem=origem, destino=destino).aggregate(ultimo=Max("numero"))["ultimo"]
    return (ultimo or 0) + 1
