"""Pedidos de ajuda e as respostas a eles."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from suas.nucleo.identificador import uuid7


class Estado(models.TextChoices):
    ABERTO = "aberto", "aberto"
    RESPONDIDO = "respondido", "respondido"
    ENCERRADO = "encerrado", "encerrado"


class Pedido(models.Model):
    """O que alguém contou que não deu certo, com o estado da página em que estava.

    `abrangencia` é de onde se pediu; `com` é o território que o atende agora. Do que se digitava na página, nada vem.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    numero = models.CharField(max_length=12, unique=True)
    titular = models.UUIDField("de quem são os dados", db_index=True)
    pessoa = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="quem pediu"
    )
    email = models.EmailField("e-mail para a resposta", blank=True)
    texto = models.TextField("o que aconteceu")
    vinculo = models.CharField("vínculo em uso", max_length=300, blank=True)
    papel = models.CharField(max_length=40)
    abrangencia = models.CharField(max_length=7, blank=True)
    com = models.CharField("atendido em", max_length=7)
    endereco = models.CharField("endereço da página", max_length=300, blank=True)
    titulo_da_pagina = models.CharField("título da página", max_length=200, blank=True)
    mensagens_da_pagina = models.TextField("mensagens que a página mostrava", blank=True)
    navegador = models.CharField(max_length=300, blank=True)
    tela = models.CharField("tamanho da tela", max_length=20, blank=True)
    falha = models.CharField("protocolo da falha", max_length=16, blank=True)
    estado = models.CharField(max_length=10, choices=Estado.choices, default=Estado.ABERTO)
    pedido_em = models.DateTimeField()
    mudou_em = models.DateTimeField()
    encerrado_em = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "pedido de ajuda"
        verbose_name_plural = "pedidos de ajuda"
        ordering = ("pedido_em", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["com", "estado", "pedido_em"], name="ajuda_pedido_a_atender"),
            models.Index(fields=["pessoa", "-pedido_em"], name="ajuda_pedido_de_quem_pediu"),
        ]

    def __str__(self) -> str:
        return f"pedido {self.numero}"


class Resposta(models.Model):
    """Uma fala na conversa de um pedido: de quem atende ou de quem pediu."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pedido = models.ForeignKey(Pedido, on_delete=models.CASCADE, related_name="respostas")
    titular = models.UUIDField("de quem são os dados", db_index=True)
    pessoa = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="quem falou"
    )
    como = models.CharField("vínculo de quem falou", max_length=300, blank=True)
    de_quem_pediu = models.BooleanField(default=False)
    texto = models.TextField()
    em = models.DateTimeField()

    class Meta:
        verbose_name = "resposta"
        ordering = ("em", "id")

    def __str__(self) -> str:
        return f"resposta de {self.em:%d/%m/%Y}"
