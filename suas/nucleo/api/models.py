"""Chaves com que um programa age por um vínculo, e o registro do que cada uma pediu."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from suas.nucleo.identificador import uuid7


class ChaveDeApi(models.Model):
    """Uma chave age por um vínculo, com as permissões dele e nenhuma a mais.

    Do segredo só se guarda o SHA-256: são 256 bits ao acaso, que ninguém adivinha. O prefixo, que não é segredo, acha a
    chave e a mostra nas telas.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    vinculo = models.ForeignKey("identidade.Vinculo", on_delete=models.PROTECT, related_name="+")
    nome = models.CharField(max_length=80, help_text="Para que serve: “Painel da vigilância”")
    prefixo = models.CharField("começo da chave", max_length=12, unique=True)
    resumo = models.CharField("SHA-256 do segredo", max_length=64)
    pode_escrever = models.BooleanField("lê e escreve", default=False)
    criada_em = models.DateTimeField()
    vence_em = models.DateTimeField()
    revogada_em = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "chave de programa"
        verbose_name_plural = "chaves de programa"
        ordering = ("-criada_em", "-id")
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(vence_em__gt=models.F("criada_em")), name="api_chave_vence_depois_de_criada"
            )
        ]

    def __str__(self) -> str:
        return f"{self.nome} ({self.prefixo}…)"

    def vale_em(self, instante: datetime) -> bool:
        """Nem venceu nem foi revogada? O vínculo confere-se à parte."""
        return self.revogada_em is None and instante < self.vence_em


class RegistroDaApi(models.Model):
    """Um pedido à interface de programação: quem, o quê, como terminou e quanto custou.

    Não guarda a consulta do endereço nem corpo algum. Sem chave, guarda-se `origem`: o endereço de rede embaralhado com
    a chave da instalação e o dia, que conta os pedidos de um lugar sem dizer qual é.
    """

    em = models.DateTimeField(db_index=True)
    chave = models.ForeignKey(ChaveDeApi, null=True, on_delete=models.PROTECT, related_name="registros", db_index=False)
    abrangencia = models.CharField("abrangência do vínculo", max_length=7, blank=True)
    origem = models.CharField(max_length=32, blank=True)
    metodo = models.CharField("método", max_length=10)
    endereco = models.CharField("endereço", max_length=200)
    situacao = models.PositiveSmallIntegerField("situação")
    ms = models.PositiveIntegerField("milissegundos")
    bytes = models.PositiveBigIntegerField("bytes da resposta")
    protocolo = models.CharField(max_length=8)

    class Meta:
        verbose_name = "pedido à interface de programação"
        verbose_name_plural = "pedidos à interface de programação"
        ordering = ("-em", "-id")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["chave", "em"], name="api_registro_da_chave"),
            models.Index(fields=["origem", "em"], name="api_registro_da_origem"),
            models.Index(fields=["abrangencia", "em"], name="api_registro_do_territorio"),
        ]

    def __str__(self) -> str:
        return f"{self.metodo} {self.endereco}: {self.situacao}"
