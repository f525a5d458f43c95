"""Quem pode ler um documento."""

from __future__ import annotations

from django.db.models import TextChoices


class Sigilo(TextChoices):
    PUBLICO = "publico", "público"
    RESTRITO = "restrito", "só quem vê o ato a que foi juntado"
