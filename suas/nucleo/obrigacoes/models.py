"""O que foi entregue, e o que se registrou sobre prazos: janelas abertas por aviso, prorrogações, panes, feriados."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from normas.base.fundamento import Fundamento
from suas.nucleo.identificador import uuid7


class Entrega(models.Model):
    """De que dia a que dia valeu o que alguém entregou. `devedor` é a chave dele: “unidade:<id>”, “gestao:3205309”.

    Devolvida ou reaberta, a entrega ganha o dia da `retirada` e o motivo; entregar outra vez é outra linha, com a mesma
    `primeira`: é ela que diz se foi no prazo (ADR 0075). A informada por `engano` sai no próprio dia, e não conta.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sistema = models.CharField(max_length=20)
    periodo = models.CharField("período", max_length=10)
    etapa = models.CharField(max_length=40)
    devedor = models.CharField("quem deve", max_length=50)
    unidade = models.UUIDField(null=True)
    alvo = models.CharField("tipo de quem deve", max_length=40)
    abrangencia = models.CharField("município ou UF", max_length=7)
    dia = models.DateField("entregue em")
    primeira = models.DateField("entregue pela primeira vez em")
    retirada = models.DateField("deixou de valer em", null=True)
    por_que = models.CharField("por que deixou de valer", max_length=300, blank=True)
    engano = models.BooleanField("informada por engano: nunca valeu", default=False)
    protocolo = models.CharField(max_length=80, blank=True)
    informada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="quem informou"
    )

    class Meta:
        verbose_name = "entrega"
        ordering = ("-primeira", "-id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=("sistema", "etapa", "periodo", "devedor"),
                condition=Q(retirada__isnull=True),
                name="entrega_uma_de_pe",
            ),
            models.CheckConstraint(condition=Q(primeira__lte=F("dia")), name="entrega_primeira_vem_antes"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=("sistema", "etapa", "periodo", "abrangencia", "alvo", "primeira", "dia", "retirada", "unidade"),
                name="entrega_por_periodo_e_lugar",
            ),
            models.Index(fields=("devedor", "periodo"), name="entrega_por_devedor"),
        ]

    def __str__(self) -> str:
        return f"{self.sistema} de {self.periodo}"


class Registrado(models.Model):
    """O que uma pessoa autorizada registrou sobre prazos, com a norma. Não muda nem se apaga: anula-se, com motivo."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("onde vale", max_length=7)
    norma = models.CharField("norma ou ato", max_length=120)
    dispositivo = models.CharField("artigo, item ou aviso", max_length=120)
    registrado_em = models.DateTimeField()
    registrado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="quem registrou"
    )
    anulado_em = models.DateTimeField(null=True)
    motivo = models.CharField("por que se anulou", max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ("-registrado_em", "-id")

    @property
    def fundamento(self) -> Fundamento:
        return Fundamento(self.norma, self.dispositivo)


class JanelaRegistrada(Registrado):
    """Um período que o ministério abriu por aviso: o Censo SUAS do ano, a retificação de um mês."""

    sistema = models.CharField(max_length=20)
    periodo = models.CharField("período", max_length=10)
    etapa = models.CharField(max_length=40)
    abre = models.DateField("abre em", null=True, blank=True)
    fecha = models.DateField("fecha em")

    class Meta(Registrado.Meta):
        abstract = False
        verbose_name = "período aberto por aviso"
        verbose_name_plural = "períodos abertos por aviso"

    def __str__(self) -> str:
        return (
            f"{self.sistema} de {self.periodo}, de {self.abre:%d/%m/%Y}"
            if self.abre
            else f"{self.sistema} de {self.periodo}"
        )


class Prorrogacao(Registrado):
    """A nova data de fechamento de um período; a de antes continua na história."""

    sistema = models.CharField(max_length=20)
    periodo = models.CharField("período", max_length=10)
    etapa = models.CharField(max_length=40)
    fecha = models.DateField("passa a fechar em")

    class Meta(Registrado.Meta):
        abstract = False
        verbose_name = "prorrogação"
        verbose_name_plural = "prorrogações"

    def __str__(self) -> str:
        return f"{self.sistema} de {self.periodo} até {self.fecha:%d/%m/%Y}"


class Pane(Registrado):
    """De quando a quando um sistema não funcionou num território, e como se sabe (na norma e no dispositivo)."""

    sistema = models.CharField(max_length=20)
    desde = models.DateTimeField("parou em")
    ate = models.DateTimeField("voltou em")

    class Meta(Registrado.Meta):
        abstract = False
        verbose_name = "pane"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(ate__gt=F("desde")), name="pane_termina_depois"),
        ]

    def __str__(self) -> str:
        return f"{self.sistema} parado"


class Feriado(Registrado):
    """Um feriado do município ou do estado que as leis nacionais e estaduais conhecidas não trazem."""

    dia = models.DateField()
    nome = models.CharField("que feriado é", max_length=80)

    class Meta(Registrado.Meta):
        abstract = False
        verbose_name = "feriado local"
        verbose_name_plural = "feriados locais"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=("abrangencia", "dia"), condition=Q(anulado_em__isnull=True), name="feriado_um_por_dia"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nome}, {self.dia:%d/%m/%Y}"
