"""As listas de busca ativa de uma unidade: quem se procura, por quê, e no que deu cada procura."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from suas.atendimento.territorial import listas
from suas.cadastros.rede.models import Unidade
from suas.nucleo.identificador import uuid7


class Lista(models.Model):
    """Uma lista de famílias a procurar, por um motivo."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("município", max_length=7)
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+")
    nome = models.CharField(max_length=120)
    motivo = models.CharField("por que se procura", max_length=20, choices=listas.Motivo.choices)
    aberta_em = models.DateTimeField("aberta em")
    encerrada_em = models.DateTimeField("encerrada em", null=True, blank=True)

    class Meta:
        verbose_name = "lista de busca ativa"
        verbose_name_plural = "listas de busca ativa"
        ordering = ("-aberta_em", "-id")

    def __str__(self) -> str:
        return "lista de busca ativa"


class Procurada(models.Model):
    """Uma família na lista. `resultado` é o da última procura; vazio, ainda ninguém foi."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lista = models.ForeignKey(Lista, on_delete=models.PROTECT, related_name="procuradas")
    abrangencia = models.CharField("município", max_length=7)
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="procuras")
    observacao = models.CharField("o que convém saber", max_length=300, blank=True)
    resultado = models.CharField(max_length=12, choices=listas.Resultado.choices, blank=True)

    class Meta:
        verbose_name = "família procurada"
        verbose_name_plural = "famílias procuradas"
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("lista", "familia"), name="procurada_uma_vez_na_lista"),
        ]

    def __str__(self) -> str:
        return "família procurada"


class Procura(models.Model):
    """Uma ida, ou um telefonema, a uma família da lista. Não muda: a seguinte se acrescenta."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procurada = models.ForeignKey(Procurada, on_delete=models.PROTECT, related_name="procuras")
    abrangencia = models.CharField("município", max_length=7)
    dia = models.DateField()
    resultado = models.CharField(max_length=12, choices=listas.Resultado.choices)
    texto = models.CharField("em palavras", max_length=500, blank=True)
    profissional = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem foi"
    )
    registrada_em = models.DateTimeField("registrada em")

    class Meta:
        verbose_name = "procura"
        ordering = ("-dia", "-id")

    def __str__(self) -> str:
        return f"procura de {self.dia:%d/%m/%Y}"
