"""A trilha: atos, alterações, leituras e a corrente que as lacra. Sem chaves estrangeiras: sobrevive ao que conta.

Uma linha nasce aberta (`elo` vazio) e em até um minuto é lacrada, com um número na corrente. Lacrada, não muda nem sai.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class Ato(models.Model):
    """Uma linha por ato: quem, por qual vínculo, quando, o quê, por quê. `transacao` leva às alterações dele."""

    em = models.DateTimeField(db_index=True)
    ato = models.CharField(max_length=80)
    pessoa_id = models.UUIDField(null=True)
    vinculo_id = models.UUIDField(null=True)
    papel = models.CharField(max_length=40)
    abrangencia = models.CharField("abrangência", max_length=7, blank=True)
    objeto_tipo = models.CharField(max_length=80)
    objeto_id = models.CharField(max_length=64)
    motivo = models.TextField(blank=True)
    dados = models.JSONField(default=dict)
    transacao = models.UUIDField("transação", null=True, editable=False)
    elo = models.BigIntegerField("número na corrente", null=True, editable=False)

    class Meta:
        verbose_name = "ato"
        ordering = ("-id",)
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["objeto_tipo", "objeto_id"], name="trilha_ato_do_objeto"),
            models.Index(fields=["transacao"], name="trilha_ato_da_transacao"),
            models.Index(fields=["id"], condition=Q(elo__isnull=True), name="trilha_ato_aberto"),
        ]

    def __str__(self) -> str:
        return f"{self.ato} em {self.em:%Y-%m-%d %H:%M}"


class Operacao(models.TextChoices):
    INCLUSAO = "I", "inclusão"
    MUDANCA = "U", "mudança"
    EXCLUSAO = "D", "exclusão"


class Alteracao(models.Model):
    """Uma linha de uma tabela antes e depois, escrita pelo gatilho do banco na mesma transação.

    `antes` e `depois` são objetos JSON por coluna; na mudança, só as colunas mudadas; vazio, o que não havia. Os campos
    pessoais e sensíveis ficam cifrados com a chave do `titular` desde o lacre. Leia por `consultas.legivel`.
    """

    em = models.DateTimeField()
    transacao = models.UUIDField("transação")
    tabela = models.CharField(max_length=80)
    chave = models.CharField("chave da linha", max_length=200)
    operacao = models.CharField("operação", max_length=1, choices=Operacao.choices)
    titular = models.UUIDField(null=True)
    antes = models.TextField(blank=True)
    depois = models.TextField(blank=True)
    elo = models.BigIntegerField("número na corrente", null=True, editable=False)

    class Meta:
        verbose_name = "alteração"
        verbose_name_plural = "alterações"
        ordering = ("-id",)
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["tabela", "chave"], name="trilha_alteracao_da_linha"),
            models.Index(fields=["transacao"], name="trilha_alteracao_da_transacao"),
            models.Index(fields=["titular"], condition=Q(titular__isnull=False), name="trilha_alteracao_do_titular"),
            models.Index(fields=["id"], condition=Q(elo__isnull=True), name="trilha_alteracao_aberta"),
        ]

    def __str__(self) -> str:
        return f"{self.get_operacao_display()} em {self.tabela} {self.chave}"


class Leitura(models.Model):
    """Alguém leu dado de uma pessoa: uma linha por titular; as de uma mesma tela têm o mesmo `lote`."""

    em = models.DateTimeField()
    lote = models.UUIDField()
    pessoa_id = models.UUIDField(null=True)
    vinculo_id = models.UUIDField(null=True)
    papel = models.CharField(max_length=40)
    abrangencia = models.CharField("abrangência", max_length=7, blank=True)
    territorio = models.CharField("território do que foi lido", max_length=7, blank=True)
    tabela = models.CharField(max_length=80)
    objeto_id = models.CharField(max_length=200, blank=True)
    titular = models.UUIDField()
    campos = models.JSONField(default=list)
    motivo = models.TextField(blank=True)
    elo = models.BigIntegerField("número na corrente", null=True, editable=False)

    class Meta:
        verbose_name = "leitura"
        ordering = ("-id",)
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["titular", "em"], name="trilha_leitura_do_titular"),
            models.Index(fields=["pessoa_id", "em"], name="trilha_leitura_de_quem_leu"),
            models.Index(fields=["em"], name="trilha_leitura_por_instante"),
            models.Index(fields=["id"], condition=Q(elo__isnull=True), name="trilha_leitura_aberta"),
        ]

    def __str__(self) -> str:
        return f"leitura de {self.tabela} {self.objeto_id} em {self.em:%Y-%m-%d %H:%M}"


class Elo(models.Model):
    """Um elo da corrente: SHA-256 do resumo anterior seguido da forma canônica da linha que ele lacra."""

    numero = models.BigIntegerField(primary_key=True)
    tabela = models.CharField(max_length=20)
    linha_id = models.BigIntegerField()
    em = models.DateTimeField("lacrada em")
    resumo = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = "elo"
        ordering = ("numero",)
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["tabela", "linha_id"], name="trilha_um_elo_por_linha")
        ]

    def __str__(self) -> str:
        return f"elo {self.numero}"


class Chave(models.Model):
    """A chave que cifra, na trilha, os dados de uma pessoa; ela mesma cifrada pela chave-mestra da instalação.

    Destruída, `cifrada` fica vazia e o que ela cifrou não se lê mais.
    """

    titular = models.UUIDField(primary_key=True)
    cifrada = models.BinaryField()
    mestra = models.CharField("qual chave-mestra a cifra", max_length=16)
    criada_em = models.DateTimeField()
    destruida_em = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "chave"

    def __str__(self) -> str:
        return f"chave de {self.titular}"


class Verificacao(models.Model):
    """O resultado de uma verificação da corrente feita pela instalação."""

    em = models.DateTimeField(db_index=True)
    inteira = models.BooleanField()
    conferidos = models.BigIntegerField("elos conferidos")
    abertas = models.BigIntegerField("linhas por lacrar")
    milissegundos = models.BigIntegerField()
    cabeca = models.CharField("resumo da cabeça", max_length=64, blank=True)
    quebras = models.JSONField(default=list)

    class Meta:
        verbose_name = "verificação"
        verbose_name_plural = "verificações"
        ordering = ("-em", "-id")

    def __str__(self) -> str:
        return f"verificação de {self.em:%Y-%m-%d %H:%M}"
