"""Ler a trilha de um objeto."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet

from suas.nucleo.trilha.models import Ato


def atos_de(objeto: models.Model) -> QuerySet[Ato]:
    """Os atos de um objeto, do mais novo ao mais antigo."""
    return Ato.objects.filter(objeto_tipo=objeto._meta.label_lower, objeto_id=str(objeto.pk))
