"""Arquivos guardados pelo resumo do conteúdo."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.identificador import uuid7


class Documento(models.Model):
    """Um arquivo: nunca muda; outro conteúdo é outro documento."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nome = models.CharField("nome do arquivo", max_length=200)
    tipo = models.CharField("tipo pelo conteúdo", max_length=80)
    tamanho_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    arquivo = models.FileField(upload_to="%Y/%m")
    sigilo = models.CharField(max_length=10, choices=Sigilo.choices)
    abrangencia = models.CharField(max_length=7)
    guardado_em = models.DateTimeField()

    class Meta:
        verbose_name = "documento"
        indexes: ClassVar[list[Any]] = [models.Index(fields=["sha256"], name="documentos_por_resumo")]

    def __str__(self) -> str:
        return self.nome


class Resultado(models.TextChoices):
    LIMPO = "limpo", "sem nada suspeito"
    INFECTADO = "infectado", "com código malicioso"


class ExameDeAntivirus(models.Model):
    """O que o antivírus achou num documento, e quando; vale o exame mais novo."""

    documento = models.ForeignKey(Documento, on_delete=models.PROTECT, related_name="exames")
    resultado = models.CharField(max_length=10, choices=Resultado.choices)
    detalhe = models.CharField("o que foi achado", max_length=200, blank=True)
    base = models.CharField("antivírus e base de assinaturas", max_length=200, blank=True)
    examinado_em = models.DateTimeField()

    class Meta:
        verbose_name = "exame de antivírus"
        ordering = ("-examinado_em", "-id")

    def __str__(self) -> str:
        return f"{self.documento}: {self.get_resultado_display()}"
