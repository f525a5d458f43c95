"""O órgão gestor, o conselho e o governo de cada ente, e quem responde por eles, com mandato."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import F, Q

from normas.base.documentos import cnpj_com_pontos
from suas.cadastros.territorio.models import ComEndereco
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.identidade import lugares
from suas.nucleo.identificador import uuid7

#: Como o Censo SUAS (Gestão Municipal) diz a natureza do órgão gestor e as áreas que se associam a ele.
AREAS_ASSOCIADAS = (
    "Educação",
    "Planejamento",
    "Saúde",
    "Habitação",
    "Segurança Alimentar",
    "Trabalho",
    "Direitos Humanos",
    "Outra",
)
#: As subdivisões formais que o Censo SUAS pergunta ao órgão gestor.
SUBDIVISOES = (
    "Proteção Social Básica",
    "Proteção Social Especial",
    "Gestão de Benefícios Assistenciais",
    "Gestão do SUAS",
    "Vigilância Socioassistencial",
    "Gestão do Trabalho",
    "Regulação do SUAS",
    "Gestão Financeira e Orçamentária",
)


Registros = TypeVar("Registros", bound=models.QuerySet[Any, Any])


def do_territorio(registros: Registros, codigo: str) -> Registros:
    """Os dos entes de dentro de BR, de uma UF (2 dígitos) ou de um município (7)."""
    return registros if codigo == "BR" else registros.filter(abrangencia__startswith=codigo or "-")


class DoEnte(models.Model):
    """O que a União, uma UF ou um município tem um só: quando foi conferido, a versão e de onde veio.

    `conferido_em` é quando alguém do próprio órgão disse pela última vez que está certo; `versao` cresce a cada
    mudança, e quem grava diz a que leu.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("ente", max_length=7, help_text="BR, UF (2 dígitos) ou município (7 dígitos)")
    nome = models.CharField(max_length=200)
    nome_busca = models.CharField("nome sem acentos", max_length=240, default="", editable=False)
    cnpj = models.CharField("CNPJ", max_length=14, blank=True)
    lei = models.CharField("lei de criação", max_length=120, blank=True)
    lei_dia = models.DateField("data da lei", null=True, blank=True)
    lei_alteracoes = models.TextField("alterações da lei", blank=True)
    decreto = models.CharField("decreto que regulamenta", max_length=200, blank=True)
    conferido_em = models.DateTimeField("conferido em", null=True, blank=True)
    mudou_em = models.DateTimeField("mudou em", db_index=True)
    versao = models.PositiveIntegerField("versão", default=1)
    sintetico = models.BooleanField("inventado, para demonstração", default=False)
    fonte = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.nome

    @property
    def lugar(self) -> str:
        """O ente em palavras: “Vitória/ES”, “Espírito Santo”, “Brasil”."""
        return lugares.nome(self.abrangencia)

    @property
    def texto_de_busca(self) -> str:
        """O que a busca compara: o nome, sem acentos."""
        return nome_de_busca(self.nome)

    @property
    def cnpj_escrito(self) -> str:
        return cnpj_com_pontos(self.cnpj) if self.cnpj else ""

    @property
    def lei_escrita(self) -> str:
        """“Lei nº 1.234, de 12/03/1997”."""
        return f"{self.lei}, de {self.lei_dia:%d/%m/%Y}" if self.lei and self.lei_dia else self.lei


class Orgao(ComEndereco, DoEnte):
    """O órgão gestor, o conselho ou o governo de um ente: um de cada por ente."""

    class Tipo(models.TextChoices):
        ORGAO_GESTOR = "orgao_gestor", "Órgão gestor"
        CONSELHO = "conselho", "Conselho de assistência social"
        GOVERNO = "governo", "Governo"

    class Natureza(models.TextChoices):
        EXCLUSIVA = "exclusiva", "Secretaria exclusiva da assistência social"
        ASSOCIADA = "associada", "Secretaria em conjunto com outra área"
        SUBORDINADA = "subordinada", "Subordinado a secretaria de outra área"
        FUNDACAO = "fundacao", "Fundação pública"

    tipo = models.CharField(max_length=12, choices=Tipo.choices)
    sigla = models.CharField(max_length=20, blank=True)
    natureza = models.CharField(max_length=12, choices=Natureza.choices, blank=True)
    areas_associadas = models.JSONField("áreas associadas", default=list, blank=True)
    subdivisoes = models.JSONField("subdivisões formais", default=list, blank=True)
    secretaria_propria = models.BooleanField("tem secretaria executiva própria", null=True, blank=True)

    class Meta:
        verbose_name = "órgão"
        ordering = ("abrangencia", "tipo")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("abrangencia", "tipo"), name="orgao_um_de_cada_por_ente"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("tipo", "abrangencia"), name="orgao_por_tipo_e_ente"),
        ]

    @property
    def texto_de_busca(self) -> str:
        """O nome e a sigla, sem acentos."""
        return nome_de_busca(f"{self.nome} {self.sigla}")

    @property
    def de_que(self) -> str:
        """O tipo com o nome que se usa no ente: “Prefeitura”, “Governo do estado”, “Conselho Municipal …”."""
        return nome_do_tipo(self.tipo, self.abrangencia)


def nome_do_tipo(tipo: str, abrangencia: str) -> str:
    """O nome comum do órgão de um tipo no ente: a prefeitura do município, o governo do estado ou o federal."""
    if tipo != Orgao.Tipo.GOVERNO:
        return str(Orgao.Tipo(tipo).label)
    if abrangencia == "53":
        return "Governo do Distrito Federal"
    return {2: "Governo do estado", 7: "Prefeitura"}.get(len(abrangencia) if abrangencia != "BR" else 0, "União")


class MandatoDeAlguem(models.Model):
    """Alguém numa função, de um dia a outro. `ate` é o primeiro dia em que já não responde; vazio, responde ainda.

    Até quando o mandato deve ir, quando o ato diz, é `previsto_ate`: passado o dia, pergunta-se, e nada muda sozinho.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nome = models.CharField(max_length=150)
    cargo = models.CharField(max_length=120, blank=True)
    ato = models.CharField("ato de nomeação", max_length=120, blank=True)
    ato_dia = models.DateField("data do ato de nomeação", null=True, blank=True)
    ato_documento = models.ForeignKey(
        "documentos.Documento",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="arquivo do ato",
    )
    desde = models.DateField()
    previsto_ate = models.DateField("mandato previsto até", null=True, blank=True)
    ate = models.DateField("até", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"mandato desde {self.desde:%d/%m/%Y}"

    @property
    def ultimo_dia(self) -> date | None:
        return self.ate - timedelta(days=1) if self.ate is not None and self.ate > self.desde else self.ate

    @property
    def ato_escrito(self) -> str:
        """“Decreto nº 12/2025, de 02/01/2025”."""
        return f"{self.ato}, de {self.ato_dia:%d/%m/%Y}" if self.ato and self.ato_dia else self.ato


class Mandato(MandatoDeAlguem):
    """Quem responde por um órgão: titular, vice ou secretaria executiva. Aberto, um só por função."""

    class Funcao(models.TextChoices):
        TITULAR = "titular", "titular"
        SUBSTITUTO = "vice", "vice"
        SECRETARIA_EXECUTIVA = "secretaria_executiva", "secretaria executiva"

    orgao = models.ForeignKey(Orgao, on_delete=models.PROTECT, related_name="mandatos", verbose_name="órgão")
    funcao = models.CharField("função", max_length=20, choices=Funcao.choices, default=Funcao.TITULAR)

    class Meta:
        verbose_name = "mandato"
        ordering = ("-desde", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("orgao", "funcao"), condition=Q(ate__isnull=True), name="mandato_um_aberto_por_funcao"
            ),
            models.CheckConstraint(
                condition=Q(ate__isnull=True) | Q(ate__gte=F("desde")), name="mandato_nao_termina_antes_de_comecar"
            ),
        ]

    @property
    def na_funcao(self) -> str:
        """A função com o nome que tem no órgão: a titularidade do conselho é a presidência."""
        return nome_da_funcao(self.funcao, self.orgao.tipo)


def nome_da_funcao(funcao: str, tipo: str) -> str:
    """“Presidência” e “vice-presidência” no conselho; “titular” e “vice” nos outros; a secretaria executiva."""
    no_conselho = {Mandato.Funcao.TITULAR: "presidência", Mandato.Funcao.SUBSTITUTO: "vice-presidência"}
    if tipo == Orgao.Tipo.CONSELHO:
        return no_conselho.get(Mandato.Funcao(funcao), "secretaria executiva")
    return str(Mandato.Funcao(funcao).label)
