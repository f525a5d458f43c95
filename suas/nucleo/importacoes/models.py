"""Cada planilha trazida, do envio ao desfecho, e o que se aprendeu das colunas de cada órgão."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from suas.nucleo.identificador import uuid7


class Situacao(models.TextChoices):
    CONFERINDO = "conferindo", "conferindo"
    COM_FALTAS = "com_faltas", "com faltas"
    PRONTA = "pronta", "pronta para aplicar"
    A_ESPERA = "a_espera", "à espera de aprovação"
    APLICANDO = "aplicando", "aplicando"
    APLICADA = "aplicada", "aplicada"
    DESISTIDA = "desistida", "desistida"
    RECUSADA = "recusada", "recusada"


#: Ainda nas mãos de quem trouxe: corrige-se, troca-se o arquivo, desiste-se.
NA_MAO = (Situacao.CONFERINDO, Situacao.COM_FALTAS, Situacao.PRONTA, Situacao.RECUSADA)
POR_APLICAR = (*NA_MAO, Situacao.A_ESPERA)


class Importacao(models.Model):
    """Uma planilha: o arquivo, as escolhas e correções (cifrados) e em que pé está."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    importador = models.SlugField(max_length=60)
    arquivo = models.CharField("nome do arquivo", max_length=200)
    formato = models.CharField(max_length=4)
    sha256 = models.CharField(max_length=64)
    conteudo = models.BinaryField("o arquivo, cifrado")
    aba = models.CharField(max_length=120, blank=True)
    colunas = models.JSONField("nomes das colunas no arquivo", default=list)
    destinos = models.JSONField("o que é cada coluna", default=dict)
    decimal_com_ponto = models.BooleanField(default=False)
    correcoes = models.BinaryField("células corrigidas, cifradas", default=bytes)
    de_fora = models.JSONField("linhas deixadas de fora", default=list)
    respostas = models.JSONField("respostas que valem para o arquivo", default=dict)
    situacao = models.CharField("situação", max_length=10, choices=Situacao.choices, default=Situacao.CONFERINDO)
    previa = models.BinaryField("a prévia, cifrada", default=bytes)
    linhas = models.PositiveIntegerField(default=0)
    faltas = models.PositiveIntegerField(default=0)
    novas = models.PositiveIntegerField(default=0)
    mudadas = models.PositiveIntegerField(default=0)
    iguais = models.PositiveIntegerField(default=0)
    abrangencia = models.CharField("abrangência de quem trouxe", max_length=7)
    por = models.ForeignKey("identidade.Pessoa", on_delete=models.PROTECT, related_name="+")
    criada_em = models.DateTimeField()
    mudada_em = models.DateTimeField()
    andamento_id = models.UUIDField(null=True)
    decidida_por = models.ForeignKey("identidade.Pessoa", on_delete=models.PROTECT, null=True, related_name="+")
    decidida_em = models.DateTimeField(null=True)
    motivo = models.TextField("por que foi recusada", blank=True)
    aplicada_em = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "planilha importada"
        verbose_name_plural = "planilhas importadas"
        ordering = ("-criada_em", "-id")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["abrangencia", "-criada_em"], name="importacao_por_territorio"),
            models.Index(
                fields=["importador"],
                condition=models.Q(situacao=Situacao.A_ESPERA),
                name="importacao_a_espera",
            ),
        ]

    def __str__(self) -> str:
        return self.arquivo

    @property
    def na_mao(self) -> bool:
        """Ainda se corrige?"""
        return self.situacao in NA_MAO

    @property
    def correndo(self) -> bool:
        """Há uma conferência ou uma aplicação em andamento?"""
        return self.situacao in (Situacao.CONFERINDO, Situacao.APLICANDO)


class Mapeamento(models.Model):
    """O que cada coluna de um cabeçalho quis dizer da última vez, no mesmo órgão."""

    importador = models.SlugField(max_length=60)
    abrangencia = models.CharField("abrangência", max_length=7)
    cabecalho = models.CharField("resumo dos nomes das colunas", max_length=64)
    destinos = models.JSONField(default=dict)
    usado_em = models.DateTimeField()

    class Meta:
        verbose_name = "mapeamento de colunas"
        verbose_name_plural = "mapeamentos de colunas"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["importador", "abrangencia", "cabecalho"], name="mapeamento_um_por_cabecalho"
            )
        ]

    def __str__(self) -> str:
        return f"{self.importador} em {self.abrangencia}"
