"""O que o Cadastro Único diz de cada família e de cada pessoa, com a data do extrato, ao lado do que a equipe anota."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from suas.atendimento.cadunico import listas
from suas.nucleo.identificador import uuid7


class Extrato(models.Model):
    """Um extrato trazido: de que dia é, quem o trouxe e o que entrou."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("município", max_length=7)
    dia = models.DateField("dia do extrato")
    importacao = models.UUIDField("planilha", unique=True)
    pessoas = models.PositiveIntegerField("pessoas lidas")
    familias = models.PositiveIntegerField("famílias lidas")
    novas = models.PositiveIntegerField("pessoas novas no registro")
    mudadas = models.PositiveIntegerField("pessoas mudadas no registro")
    trazido_por = models.ForeignKey("identidade.Pessoa", on_delete=models.PROTECT, related_name="+")
    trazido_em = models.DateTimeField("trazido em")

    class Meta:
        verbose_name = "extrato do Cadastro Único"
        verbose_name_plural = "extratos do Cadastro Único"
        ordering = ("-dia", "-id")

    def __str__(self) -> str:
        return f"extrato de {self.dia:%d/%m/%Y}"


class CadastroDaFamilia(models.Model):
    """Uma família como o Cadastro Único a diz: o código familiar, a renda, o endereço e a última atualização."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="cadastros")
    abrangencia = models.CharField("município", max_length=7)
    codigo = models.CharField("código familiar", max_length=11)
    mudou_dia = models.DateField("extrato em que mudou")
    visto_dia = models.DateField("último extrato em que veio")
    atualizado_dia = models.DateField("última atualização do cadastro", null=True, blank=True)
    renda_per_capita_centavos = models.PositiveBigIntegerField("renda por pessoa", null=True, blank=True)
    renda_total_centavos = models.PositiveBigIntegerField("renda total", null=True, blank=True)
    bolsa_familia = models.BooleanField("recebe o Bolsa Família", null=True, blank=True)
    grupo = models.CharField("grupo específico", max_length=3, choices=listas.Grupo.choices, blank=True)
    indigena = models.BooleanField("família indígena", null=True, blank=True)
    quilombola = models.BooleanField("família quilombola", null=True, blank=True)
    logradouro = models.CharField(max_length=200, blank=True)
    numero = models.CharField("número", max_length=20, blank=True)
    complemento = models.CharField(max_length=100, blank=True)
    bairro = models.CharField(max_length=100, blank=True)
    ponto_de_referencia = models.CharField("ponto de referência", max_length=200, blank=True)
    cep = models.CharField("CEP", max_length=8, blank=True)
    telefone = models.CharField(max_length=11, blank=True)
    localizacao = models.CharField("localização", max_length=6, blank=True)

    class Meta:
        verbose_name = "família no Cadastro Único"
        verbose_name_plural = "famílias no Cadastro Único"
        ordering = ("codigo",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("abrangencia", "codigo"), name="cadastro_um_por_codigo_familiar"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("abrangencia", "atualizado_dia"), name="cadastro_por_atualizacao"),
        ]

    def __str__(self) -> str:
        return "família no Cadastro Único"


class CadastroDaPessoa(models.Model):
    """Uma pessoa como o último extrato a diz: é com isto, e não com o registro, que o extrato seguinte se compara."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pessoa = models.OneToOneField("familias.PessoaAtendida", on_delete=models.PROTECT, related_name="cadastro")
    cadastro = models.ForeignKey(CadastroDaFamilia, on_delete=models.PROTECT, related_name="pessoas")
    abrangencia = models.CharField("município", max_length=7)
    mudou_dia = models.DateField("extrato em que mudou")
    visto_dia = models.DateField("último extrato em que veio")
    nome = models.CharField("nome completo", max_length=150)
    nome_da_mae = models.CharField("nome da mãe", max_length=150, blank=True)
    nis = models.CharField("NIS", max_length=11, blank=True)
    cpf = models.CharField("CPF", max_length=11, blank=True)
    nascimento = models.DateField("data de nascimento", null=True, blank=True)
    sexo = models.CharField(max_length=1, blank=True)
    deficiencia = models.BooleanField("pessoa com deficiência", null=True, blank=True)
    parentesco = models.PositiveSmallIntegerField()
    condicionalidade = models.CharField(
        "efeito do descumprimento de condicionalidade", max_length=1, choices=listas.Efeito.choices, blank=True
    )
    condicionalidade_dia = models.DateField("dia do efeito", null=True, blank=True)

    class Meta:
        verbose_name = "pessoa no Cadastro Único"
        verbose_name_plural = "pessoas no Cadastro Único"
        ordering = ("parentesco", "id")

    def __str__(self) -> str:
        return "pessoa no Cadastro Único"
