"""O fundo de assistência social de cada ente, quem responde por ele e as contas bancárias."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from suas.cadastros.orgaos.models import DoEnte, MandatoDeAlguem
from suas.nucleo.identificador import uuid7


class Fundo(DoEnte):
    """O FNAS, um fundo estadual, do Distrito Federal ou municipal: um por ente."""

    unidade_orcamentaria = models.BooleanField("é unidade orçamentária", null=True, blank=True)
    codigo_orcamentario = models.CharField("código da unidade orçamentária", max_length=20, blank=True)

    class Meta:
        verbose_name = "fundo"
        ordering = ("abrangencia",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("abrangencia",), name="fundo_um_por_ente"),
        ]

    @property
    def com_cnpj_de_filial(self) -> bool:
        """O CNPJ é de filial do ente, e não raiz própria: a ordem depois da raiz não é 0001."""
        return bool(self.cnpj) and self.cnpj[8:12] != "0001"


class Responsavel(MandatoDeAlguem):
    """Quem gere o fundo, ou ordena as suas despesas. Aberto, um só por função."""

    class Funcao(models.TextChoices):
        GESTOR = "gestor", "gestor do fundo"
        ORDENADOR = "ordenador", "ordenador de despesas"

    fundo = models.ForeignKey(Fundo, on_delete=models.PROTECT, related_name="responsaveis")
    funcao = models.CharField("função", max_length=10, choices=Funcao.choices, default=Funcao.GESTOR)

    class Meta:
        verbose_name = "responsável pelo fundo"
        verbose_name_plural = "responsáveis pelo fundo"
        ordering = ("-desde", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("fundo", "funcao"), condition=Q(ate__isnull=True), name="responsavel_um_aberto_por_funcao"
            ),
            models.CheckConstraint(
                condition=Q(ate__isnull=True) | Q(ate__gte=F("desde")), name="responsavel_nao_termina_antes_de_comecar"
            ),
        ]

    @property
    def na_funcao(self) -> str:
        return str(self.get_funcao_display())


class Conta(models.Model):
    """Uma conta bancária do fundo, com a finalidade, de um dia a outro (o segundo já não vale)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fundo = models.ForeignKey(Fundo, on_delete=models.PROTECT, related_name="contas")
    banco = models.CharField("banco", max_length=3)
    agencia = models.CharField("agência", max_length=10)
    numero = models.CharField("conta", max_length=20)
    finalidade = models.CharField(max_length=200)
    desde = models.DateField(null=True, blank=True)
    ate = models.DateField("até", null=True, blank=True)

    class Meta:
        verbose_name = "conta do fundo"
        verbose_name_plural = "contas do fundo"
        ordering = ("finalidade", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("banco", "agencia", "numero"), name="conta_uma_so_vez"),
            models.CheckConstraint(
                condition=Q(ate__isnull=True) | Q(desde__isnull=True) | Q(ate__gte=F("desde")),
                name="conta_nao_fecha_antes_de_abrir",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.banco} {self.agencia} {self.numero}"
