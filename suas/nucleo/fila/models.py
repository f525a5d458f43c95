"""Andamento visível das tarefas e horários das rotinas. As tarefas em si ficam nas tabelas do django-tasks."""

from __future__ import annotations

from django.db import models

from suas.nucleo.identificador import uuid7


class Estado(models.TextChoices):
    NA_FILA = "na_fila", "na fila"
    FAZENDO = "fazendo", "em andamento"
    FEITO = "feito", "concluído"
    FALHOU = "falhou", "não concluído"


class Andamento(models.Model):
    """O que a pessoa vê de um trabalho demorado: etapa em palavras, quanto já foi, como terminou."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    titulo = models.CharField(max_length=200)
    estado = models.CharField(max_length=10, choices=Estado.choices, default=Estado.NA_FILA)
    etapa = models.CharField(max_length=200, blank=True)
    feito = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    mensagem = models.TextField(blank=True, help_text="Como terminou, em palavras para quem pediu")
    abrangencia = models.CharField(max_length=7)
    pedido_em = models.DateTimeField()
    terminado_em = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "andamento"

    def __str__(self) -> str:
        return f"{self.titulo}: {self.get_estado_display()}"

    @property
    def terminou(self) -> bool:
        return self.estado in {Estado.FEITO, Estado.FALHOU}

    @property
    def porcentagem(self) -> int:
        if self.estado == Estado.FEITO:
            return 100
        return min(self.feito * 100 // self.total, 99) if self.total else 0


class Rotina(models.Model):
    """Quando uma rotina correu pela última vez; o que ela faz e em que horário está em `rotinas.py` de cada módulo."""

    nome = models.CharField(primary_key=True, max_length=80)
    ultima_em = models.DateTimeField(null=True)
    ultimo_resultado = models.TextField(blank=True)

    class Meta:
        verbose_name = "rotina"

    def __str__(self) -> str:
        return self.nome
