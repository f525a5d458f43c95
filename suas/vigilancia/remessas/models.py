"""A remessa: meses de unidades que um programa mandou, guardados como vieram até se fazer o relatório."""

from __future__ import annotations

from django.db import models

from suas.nucleo.identificador import uuid7


class Remessa(models.Model):
    """O que se mandou de uma vez. O relatório diz, mês por mês, o que se fez e cada item que não serve."""

    class Situacao(models.TextChoices):
        NA_FILA = "na_fila", "na fila"
        FEITA = "feita", "feita"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("abrangência de quem mandou", max_length=7)
    meses = models.JSONField("os meses, como vieram")
    situacao = models.CharField("situação", max_length=7, choices=Situacao.choices, default=Situacao.NA_FILA)
    relatorio = models.JSONField("relatório", default=list)
    recebida_em = models.DateTimeField()
    feita_em = models.DateTimeField(null=True, blank=True)
    pessoa = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem mandou"
    )

    class Meta:
        verbose_name = "remessa"
        ordering = ("-recebida_em", "-id")

    def __str__(self) -> str:
        return f"remessa de {self.recebida_em:%d/%m/%Y}"
