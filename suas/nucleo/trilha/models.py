"""A trilha dos atos: só acréscimo, sem chaves estrangeiras, para sobreviver ao que ela conta."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Ato(models.Model):
    """Uma linha por ato: quem, por qual vínculo, quando, o quê, por quê."""

    em = models.DateTimeField(db_index=True)
    ato = models.CharField(max_length=80)
    pessoa_id = models.UUIDField(null=True)
    vinculo_id = models.UUIDField(null=True)
    papel = models.CharField(max_length=40)
    abrangencia = models.CharField(max_length=7, blank=True)
    objeto_tipo = models.CharField(max_length=80)
    objeto_id = models.CharField(max_length=64)
    motivo = models.TextField(blank=True)
    dados = models.JSONField(default=dict)

    class Meta:
        verbose_name = "ato"
        ordering = ("-id",)
        indexes: ClassVar[list[Any]] = [models.Index(fields=["objeto_tipo", "objeto_id"], name="trilha_ato_do_objeto")]

    def __str__(self) -> str:
        return f"{self.ato} em {self.em:%Y-%m-%d %H:%M}"
