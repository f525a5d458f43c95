"""A federação e a população de cada município."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class UF(models.Model):
    """Um estado ou o Distrito Federal."""

    codigo = models.CharField("código do IBGE", max_length=2, primary_key=True)
    sigla = models.CharField(max_length=2, unique=True)
    nome = models.CharField(max_length=40)
    regiao = models.CharField("região", max_length=15)

    class Meta:
        verbose_name = "UF"
        ordering = ("sigla",)

    def __str__(self) -> str:
        return self.nome


class MunicipioQuerySet(models.QuerySet["Municipio"]):
    def existentes_em(self, ano: int) -> MunicipioQuerySet:
        """Os municípios que a população oficial do IBGE conta no ano."""
        comecou = Q(desde_ano__isnull=True) | Q(desde_ano__lte=ano)
        return self.filter(comecou, Q(ate_ano__isnull=True) | Q(ate_ano__gt=ano))

    def da_abrangencia(self, codigo: str) -> MunicipioQuerySet:
        """Os municípios dentro de BR, de uma UF (2 dígitos) ou o próprio (7 dígitos); vazio não alcança nenhum."""
        if codigo == "BR":
            return self
        return self.filter(codigo_ibge__startswith=codigo) if codigo else self.none()


class Municipio(models.Model):
    """Um município, pelo código de sete dígitos do IBGE.

    `desde_ano` é o primeiro ano em que a população oficial o conta (vazio: já contado em 2000, onde as fontes começam);
    `ate_ano` é o primeiro ano em que já não o conta (vazio: conta ainda).
    """

    codigo_ibge = models.CharField("código do IBGE", max_length=7, primary_key=True)
    nome = models.CharField(max_length=60)
    nome_busca = models.CharField("nome sem acentos", max_length=60, db_index=True, editable=False)
    uf = models.ForeignKey(UF, on_delete=models.PROTECT, related_name="municipios")
    capital = models.BooleanField(default=False)
    desde_ano = models.PositiveSmallIntegerField(null=True, blank=True)
    ate_ano = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = MunicipioQuerySet.as_manager()

    class Meta:
        verbose_name = "município"
        ordering = ("nome_busca", "uf_id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ate_ano__isnull=True) | Q(desde_ano__isnull=True) | Q(ate_ano__gt=models.F("desde_ano")),
                name="municipio_validade_em_ordem",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nome}/{self.uf.sigla}"

    def existe_em(self, ano: int) -> bool:
        """A população oficial do ano conta este município?"""
        return (self.desde_ano is None or self.desde_ano <= ano) and (self.ate_ano is None or ano < self.ate_ano)


class Populacao(models.Model):
    """Habitantes de um município num ano, com a fonte. Uma por ano: a carga seguinte do mesmo ano toma o lugar dela."""

    class Tipo(models.TextChoices):
        ESTIMATIVA = "estimativa", "estimativa"
        CENSO = "censo", "censo"
        CONTAGEM = "contagem", "contagem"

    municipio = models.ForeignKey(Municipio, on_delete=models.PROTECT, related_name="populacoes")
    ano = models.PositiveSmallIntegerField()
    habitantes = models.PositiveIntegerField()
    tipo = models.CharField(max_length=10, choices=Tipo.choices)
    fonte = models.CharField(max_length=200)

    class Meta:
        verbose_name = "população"
        verbose_name_plural = "populações"
        ordering = ("-ano",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("municipio", "ano"), name="populacao_uma_por_ano"),
            models.CheckConstraint(condition=Q(habitantes__gte=1), name="populacao_ao_menos_um_habitante"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=("ano",), name="populacao_por_ano")]

    def __str__(self) -> str:
        return f"{self.municipio_id} em {self.ano}: {self.habitantes}"


class ComEndereco(models.Model):
    """Onde fica e como se fala com uma unidade, um órgão ou uma entidade."""

    class Localizacao(models.TextChoices):
        URBANA = "urbana", "urbana"
        RURAL = "rural", "rural"

    tipo_logradouro = models.CharField("tipo de logradouro", max_length=30, blank=True)
    logradouro = models.CharField(max_length=200, blank=True)
    numero = models.CharField("número", max_length=20, blank=True)
    complemento = models.CharField(max_length=100, blank=True)
    bairro = models.CharField(max_length=100, blank=True)
    ponto_de_referencia = models.CharField("ponto de referência", max_length=200, blank=True)
    cep = models.CharField("CEP", max_length=8, blank=True)
    email = models.EmailField("e-mail", blank=True)
    telefone = models.CharField(max_length=11, blank=True)
    ramal = models.CharField(max_length=10, blank=True)
    localizacao = models.CharField("localização", max_length=6, choices=Localizacao.choices, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def endereco(self) -> str:
        """“Rua das Flores, 12, casa 2, Centro”; vazio se nada se sabe."""
        rua = f"{self.tipo_logradouro} {self.logradouro}".strip()
        return ", ".join(parte for parte in (rua, self.numero if rua else "", self.complemento, self.bairro) if parte)

    @property
    def cep_escrito(self) -> str:
        """“29010-000”."""
        return f"{self.cep[:5]}-{self.cep[5:]}" if len(self.cep) == 8 else self.cep

    @property
    def telefone_escrito(self) -> str:
        """“(27) 3333-4444”, com o ramal se houver."""
        digitos = self.telefone
        escrito = f"({digitos[:2]}) {digitos[2:-4]}-{digitos[-4:]}" if len(digitos) in {10, 11} else digitos
        return f"{escrito}, ramal {self.ramal}" if escrito and self.ramal else escrito
