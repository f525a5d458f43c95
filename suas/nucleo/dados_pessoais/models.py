"""O que a pessoa pede sobre os seus dados, e a resposta."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from suas.nucleo.identificador import uuid7


class Tipo(models.TextChoices):
    CORRECAO = "correcao", "correção"
    APAGAMENTO = "apagamento", "apagamento"


class Situacao(models.TextChoices):
    ABERTO = "aberto", "à espera de resposta"
    ATENDIDO = "atendido", "atendido"
    RECUSADO = "recusado", "não atendido"


class Pedido(models.Model):
    """Um pedido do titular: correção ou apagamento (LGPD, art. 18, III, IV e VI)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pessoa = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pedidos_de_dados")
    tipo = models.CharField("tipo", max_length=12, choices=Tipo.choices)
    texto = models.TextField("o que foi pedido", blank=True)
    situacao = models.CharField("situação", max_length=10, choices=Situacao.choices, default=Situacao.ABERTO)
    pedido_em = models.DateTimeField("pedido em")
    resposta = models.TextField("resposta", blank=True)
    respondido_em = models.DateTimeField("respondido em", null=True)

    class Meta:
        verbose_name = "pedido sobre os próprios dados"
        verbose_name_plural = "pedidos sobre os próprios dados"
        ordering = ("-pedido_em", "-id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["pessoa", "tipo"],
                condition=models.Q(situacao="aberto"),
                name="dados_pessoais_um_pedido_aberto_por_tipo",
            )
        ]

    def __str__(self) -> str:
        return f"pedido de {self.get_tipo_display()}"
