"""O território de cada CRAS: os bairros ou a área, e as famílias que ele referencia."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from suas.cadastros.rede.models import Unidade
from suas.nucleo.identificador import uuid7


class TerritorioDoCras(models.Model):
    """O que um CRAS abrange: bairros pelo nome, uma área desenhada, ou as duas coisas; vazio é o município inteiro.

    `contorno` é a lista de pontos [latitude, longitude], em graus, na ordem em que se ligam; o último liga ao primeiro.
    `familias` são as referenciadas no dia `familias_dia`; vazio, ninguém informou. `versao` cresce a cada mudança.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unidade = models.OneToOneField(Unidade, on_delete=models.PROTECT, related_name="territorio")
    familias = models.PositiveIntegerField("famílias referenciadas", null=True, blank=True)
    familias_dia = models.DateField("famílias referenciadas em", null=True, blank=True)
    bairros = models.JSONField(default=list, blank=True)
    contorno = models.JSONField("área desenhada", default=list, blank=True)
    versao = models.PositiveIntegerField("versão", default=1)
    mudou_em = models.DateTimeField("mudou em")

    class Meta:
        verbose_name = "território do CRAS"
        verbose_name_plural = "territórios dos CRAS"
        ordering = ("unidade",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(familias__isnull=True) | models.Q(familias__lte=1_000_000),
                name="territorio_do_cras_familias",
            ),
        ]

    def __str__(self) -> str:
        return f"território de {self.unidade.nome}"

    @property
    def em_palavras(self) -> str:
        """“Centro, Vila Nova e uma área desenhada”; sem nada dito, o município inteiro."""
        partes = [*self.bairros, *(["uma área desenhada"] if self.contorno else [])]
        if not partes:
            return "o município inteiro"
        return partes[0] if len(partes) == 1 else f"{', '.join(partes[:-1])} e {partes[-1]}"
