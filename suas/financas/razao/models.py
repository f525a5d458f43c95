"""As tabelas do razão: contas, lançamentos, saldos por dia e fechamentos. Cada ente tem o seu livro (`abrangencia`)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from suas.nucleo.identificador import uuid7


class Natureza(models.TextChoices):
    """O que a conta mede; ativo, despesa e controle devedor crescem pelo débito, as outras pelo crédito."""

    ATIVO = "ativo", "Ativo"
    PASSIVO = "passivo", "Passivo"
    RECEITA = "receita", "Receita"
    DESPESA = "despesa", "Despesa"
    CONTROLE_DEVEDOR = "controle_d", "Controle devedor"
    CONTROLE_CREDOR = "controle_c", "Controle credor"

    @property
    def devedora(self) -> bool:
        """Se o saldo dela é débito menos crédito."""
        return self in (Natureza.ATIVO, Natureza.DESPESA, Natureza.CONTROLE_DEVEDOR)


class Conta(models.Model):
    """Uma conta de um livro, com as dimensões por que se soma: bloco, piso, exercício e o ente que recebe."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("livro de que ente", max_length=7)
    codigo = models.CharField("código", max_length=30)
    nome = models.CharField(max_length=120)
    natureza = models.CharField(max_length=10, choices=Natureza.choices)
    bloco = models.CharField(max_length=40, blank=True)
    piso = models.CharField(max_length=10, blank=True)
    exercicio = models.CharField("exercício", max_length=4, blank=True)
    favorecido = models.CharField("ente que recebe", max_length=7, blank=True)

    class Meta:
        verbose_name = "conta"
        verbose_name_plural = "contas"
        ordering = ("abrangencia", "codigo", "bloco", "piso", "exercicio", "favorecido")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("abrangencia", "codigo", "bloco", "piso", "exercicio", "favorecido"), name="razao_conta_unica"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.codigo} {self.nome}"


class Lancamento(models.Model):
    """Uma partida dobrada: o mesmo valor sai de uma conta e entra em outra. Nunca muda; corrige-se por estorno.

    Um débito e um crédito do mesmo valor na mesma linha: não há como gravar um lançamento que não feche (ADR 0113).
    Várias linhas do mesmo `documento` são um só fato. `resumo` encadeia a linha com a anterior do livro.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("livro de que ente", max_length=7)
    numero = models.PositiveBigIntegerField("número no livro")
    dia = models.DateField()
    debito = models.ForeignKey(Conta, on_delete=models.PROTECT, related_name="debitos", verbose_name="débito")
    credito = models.ForeignKey(Conta, on_delete=models.PROTECT, related_name="creditos", verbose_name="crédito")
    centavos = models.BigIntegerField()
    documento = models.CharField(max_length=80)
    chave = models.CharField("chave que não se repete no livro", max_length=120)
    historico = models.CharField("histórico", max_length=240)
    estorna = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="estorno", verbose_name="o que estorna"
    )
    resumo = models.CharField(max_length=64)
    lancado_em = models.DateTimeField("lançado em")

    class Meta:
        verbose_name = "lançamento"
        verbose_name_plural = "lançamentos"
        ordering = ("abrangencia", "numero")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("abrangencia", "numero"), name="razao_numero_unico"),
            models.UniqueConstraint(fields=("abrangencia", "chave"), name="razao_chave_unica"),
            models.CheckConstraint(condition=Q(centavos__gt=0), name="razao_valor_positivo"),
            models.CheckConstraint(condition=Q(numero__gt=0), name="razao_numero_positivo"),
            models.CheckConstraint(condition=~Q(debito=F("credito")), name="razao_contas_diferentes"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("debito", "dia"), name="razao_por_debito"),
            models.Index(fields=("credito", "dia"), name="razao_por_credito"),
        ]

    def __str__(self) -> str:
        return f"lançamento {self.numero}"


class SaldoDiario(models.Model):
    """O que se debitou e creditou numa conta num dia: projeção dos lançamentos, para somar depressa."""

    abrangencia = models.CharField("livro de que ente", max_length=7)
    conta = models.ForeignKey(Conta, on_delete=models.PROTECT, related_name="saldos")
    dia = models.DateField()
    debitos = models.BigIntegerField("débitos", default=0)
    creditos = models.BigIntegerField("créditos", default=0)

    class Meta:
        verbose_name = "saldo do dia"
        verbose_name_plural = "saldos por dia"
        ordering = ("conta", "dia")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("conta", "dia"), name="razao_um_saldo_por_dia"),
        ]

    def __str__(self) -> str:
        return f"{self.conta_id} em {self.dia}"


class Fechamento(models.Model):
    """Até que dia o livro está fechado: nele e antes dele, nada se lança."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("livro de que ente", max_length=7)
    ate = models.DateField("até")
    fechado_em = models.DateTimeField()

    class Meta:
        verbose_name = "fechamento"
        verbose_name_plural = "fechamentos"
        ordering = ("abrangencia", "ate")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("abrangencia", "ate"), name="razao_fechamento_unico"),
        ]

    def __str__(self) -> str:
        return f"fechado até {self.ate:%d/%m/%Y}"
