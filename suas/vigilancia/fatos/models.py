"""Os números que valem num mês, por unidade e somados por município. Refazem-se inteiros dos envios (ADR 0085)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from suas.cadastros.rede.models import Unidade


class FatoDaUnidade(models.Model):
    """O total de cada item que uma unidade informou num mês, do envio que vale. O que não se aplica não está.

    `porte` é o do município quando se consolidou, para achar as unidades parecidas.
    """

    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="fatos")
    abrangencia = models.CharField("município", max_length=7)
    porte = models.CharField(max_length=12, blank=True)
    formulario = models.CharField("formulário", max_length=20)
    competencia = models.CharField("mês de referência", max_length=7)
    envio = models.PositiveSmallIntegerField("número do envio")
    totais = models.JSONField("código do item → total", default=dict)

    class Meta:
        verbose_name = "fato da unidade"
        verbose_name_plural = "fatos das unidades"
        ordering = ("competencia", "unidade")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("unidade", "formulario", "competencia"), name="fato_um_por_unidade_e_mes"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("formulario", "competencia", "abrangencia"), name="fato_por_mes_e_municipio"),
            models.Index(fields=("formulario", "competencia", "porte"), name="fato_por_mes_e_porte"),
        ]

    def __str__(self) -> str:
        return f"{self.formulario} de {self.competencia}"


class FatoDoMunicipio(models.Model):
    """A soma das unidades de um município num mês: código do item → [soma, quantas unidades o informaram]."""

    abrangencia = models.CharField("município", max_length=7)
    formulario = models.CharField("formulário", max_length=20)
    competencia = models.CharField("mês de referência", max_length=7)
    unidades = models.PositiveSmallIntegerField("unidades que enviaram")
    somas = models.JSONField(default=dict)

    class Meta:
        verbose_name = "fato do município"
        verbose_name_plural = "fatos dos municípios"
        ordering = ("competencia", "abrangencia")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("formulario", "competencia", "abrangencia"), name="fato_um_por_municipio_e_mes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.formulario} de {self.competencia} em {self.abrangencia}"
