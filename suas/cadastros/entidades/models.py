"""As entidades e organizações de assistência social, o que ofertam e as suas inscrições nos conselhos."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from normas.base.documentos import cnpj_com_pontos
from suas.cadastros.territorio.models import ComEndereco, Municipio
from suas.nucleo.identificador import uuid7


class EntidadeQuerySet(models.QuerySet["Entidade"]):
    def da_abrangencia(self, codigo: str) -> EntidadeQuerySet:
        """As entidades com sede em BR, numa UF (2 dígitos) ou num município (7); o vazio não alcança nenhuma."""
        if codigo == "BR":
            return self
        if len(codigo) == 7:
            return self.filter(municipio_id=codigo)
        return self.filter(municipio__codigo_ibge__startswith=codigo) if codigo else self.none()


class Entidade(ComEndereco):
    """Uma entidade ou organização, pela inscrição no CNPJ; `municipio` é o da sede.

    `versao` cresce a cada mudança: quem grava diz a que leu. `conferida_em` é quando alguém da entidade ou do órgão
    gestor disse pela última vez que está tudo certo. O CNEAS está concluído desde `cneas_concluido_em`.
    """

    class Natureza(models.TextChoices):
        ASSOCIACAO = "associacao", "associação"
        FUNDACAO = "fundacao", "fundação"
        ORGANIZACAO_RELIGIOSA = "organizacao_religiosa", "organização religiosa"
        OUTRA = "outra", "outra, sem fins lucrativos"

    class Area(models.TextChoices):
        ASSISTENCIA_SOCIAL = "assistencia_social", "assistência social"
        EDUCACAO = "educacao", "educação"
        SAUDE = "saude", "saúde"
        OUTRA = "outra", "outra área"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cnpj = models.CharField("CNPJ", max_length=14, unique=True)
    razao_social = models.CharField("razão social", max_length=200)
    nome_fantasia = models.CharField("nome fantasia", max_length=200, blank=True)
    nome_busca = models.CharField("nome sem acentos", max_length=420, editable=False)
    natureza_juridica = models.CharField("natureza jurídica", max_length=25, choices=Natureza.choices)
    area_preponderante = models.CharField(
        "área preponderante", max_length=20, choices=Area.choices, default=Area.ASSISTENCIA_SOCIAL
    )
    atende = models.BooleanField("é de atendimento", default=False)
    assessora = models.BooleanField("é de assessoramento", default=False)
    defende = models.BooleanField("é de defesa e garantia de direitos", default=False)
    municipio = models.ForeignKey(
        Municipio, on_delete=models.PROTECT, related_name="entidades", verbose_name="município da sede"
    )
    fontes_de_recurso = models.CharField("fontes de recurso", max_length=400, blank=True)
    cneas_visita_em = models.DateField("visita do órgão gestor", null=True, blank=True)
    cneas_concluido_em = models.DateField("CNEAS concluído em", null=True, blank=True)
    conferida_em = models.DateTimeField("conferida em", null=True, blank=True)
    criada_em = models.DateTimeField("criada em")
    mudada_em = models.DateTimeField("mudada em")
    versao = models.PositiveIntegerField("versão", default=1)
    sintetica = models.BooleanField("inventada, para demonstração", default=False)

    objects = EntidadeQuerySet.as_manager()

    class Meta:
        verbose_name = "entidade"
        ordering = ("nome_busca", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(atende=True) | Q(assessora=True) | Q(defende=True), name="entidade_diz_o_que_faz"
            ),
            models.CheckConstraint(
                condition=Q(cneas_concluido_em__isnull=True) | Q(cneas_visita_em__isnull=False),
                name="entidade_concluida_foi_visitada",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipio", "nome_busca"], name="entidade_por_municipio"),
            models.Index(fields=["nome_busca", "id"], name="entidade_por_nome"),
            models.Index(fields=["mudada_em", "id"], name="entidade_por_mudanca"),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def nome(self) -> str:
        """Como é conhecida: o nome fantasia ou, sem ele, a razão social."""
        return self.nome_fantasia or self.razao_social

    @property
    def cnpj_escrito(self) -> str:
        return cnpj_com_pontos(self.cnpj)

    @property
    def tipos(self) -> list[str]:
        """O que a entidade faz, em palavras: atendimento, assessoramento, defesa e garantia de direitos."""
        pares = (
            (self.atende, "atendimento"),
            (self.assessora, "assessoramento"),
            (self.defende, "defesa e garantia de direitos"),
        )
        return [palavra for vale, palavra in pares if vale]

    @property
    def fontes(self) -> list[str]:
        return [fonte for fonte in self.fontes_de_recurso.split("; ") if fonte]


class Atuacao(models.Model):
    """Um município em que a entidade atua, além do da sede."""

    entidade = models.ForeignKey(Entidade, on_delete=models.CASCADE, related_name="atuacoes")
    municipio = models.ForeignKey(Municipio, on_delete=models.PROTECT, related_name="+", verbose_name="município")

    class Meta:
        verbose_name = "município em que atua"
        verbose_name_plural = "municípios em que atua"
        ordering = ("municipio__nome_busca",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("entidade", "municipio"), name="atuacao_uma_por_municipio")
        ]

    def __str__(self) -> str:
        return str(self.municipio)


class Dirigente(models.Model):
    """Quem dirige a entidade e por quanto tempo, segundo a ata. O identificador é o titular dos dados."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entidade = models.ForeignKey(Entidade, on_delete=models.CASCADE, related_name="dirigentes")
    nome = models.CharField(max_length=150)
    cargo = models.CharField(max_length=80)
    desde = models.DateField("mandato desde")
    ate = models.DateField("último dia do mandato", null=True, blank=True)

    class Meta:
        verbose_name = "dirigente"
        ordering = ("-desde", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ate__isnull=True) | Q(ate__gte=models.F("desde")), name="dirigente_mandato_em_ordem"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cargo} da entidade"
