"""As comunicações de prazo e de pendência (BES nº 08, anexos I e II): propostas, mandadas ou descartadas, e a quem."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from suas.nucleo.identificador import uuid7


class Comunicacao(models.Model):
    """Um aviso aos municípios de um lugar sobre um prazo. A mesma causa não se propõe de novo; prazo novo é outra."""

    class Especie(models.TextChoices):
        ANTECIPADO = "antecipado", "aviso antecipado"
        PENDENCIA = "pendencia", "aviso de pendência"

    class Estado(models.TextChoices):
        PROPOSTA = "proposta", "à espera de quem decida"
        ENVIADA = "enviada", "enviada"
        DESCARTADA = "descartada", "descartada"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    especie = models.CharField("espécie", max_length=10, choices=Especie.choices)
    sistema = models.CharField(max_length=20)
    periodo = models.CharField("período", max_length=10)
    etapa = models.CharField(max_length=40)
    abrangencia = models.CharField("aos municípios de", max_length=7)
    prazo = models.DateField()
    estado = models.CharField(max_length=10, choices=Estado.choices, default=Estado.PROPOSTA)
    proposta_em = models.DateTimeField()
    decidida_em = models.DateTimeField(null=True)
    decidida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="quem decidiu"
    )
    papel = models.CharField("em que papel", max_length=60, blank=True)
    motivo = models.CharField("por que se descartou", max_length=300, blank=True)

    class Meta:
        verbose_name = "comunicação"
        verbose_name_plural = "comunicações"
        ordering = ("-proposta_em", "-id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=("especie", "sistema", "etapa", "periodo", "abrangencia", "prazo"),
                name="comunicacao_uma_por_causa",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("abrangencia", "estado"), name="comunicacao_por_lugar"),
        ]

    def __str__(self) -> str:
        partes = self.periodo.split("-")
        periodo = f"{partes[1]}/{partes[0]}" if len(partes) == 2 and "T" not in self.periodo else self.periodo
        return f"{self.get_especie_display()}, {self.sistema} de {periodo}"


class Destinatario(models.Model):
    """A quem a comunicação vai num município; sem pessoa, é o correio do órgão gestor. `aviso` é o que se mandou."""

    comunicacao = models.ForeignKey(Comunicacao, on_delete=models.PROTECT, related_name="destinatarios")
    abrangencia = models.CharField("município", max_length=7)
    pessoa = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="pessoa"
    )
    faltam = models.PositiveIntegerField("quantos faltavam")
    aviso = models.UUIDField(null=True)

    class Meta:
        verbose_name = "destinatário"
        ordering = ("abrangencia", "id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=("comunicacao", "abrangencia", "pessoa"), name="destinatario_uma_vez"),
            models.UniqueConstraint(
                fields=("comunicacao", "abrangencia"), condition=models.Q(pessoa__isnull=True), name="orgao_uma_vez"
            ),
        ]

    def __str__(self) -> str:
        return f"destinatário em {self.abrangencia}"
