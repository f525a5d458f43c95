"""Quem trabalha no SUAS: a pessoa, uma vez só, e onde, em que função e até quando, uma linha por lotação."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from normas.trabalho.trabalhador import TipoDeVinculo
from suas.cadastros.rede.models import Unidade
from suas.cadastros.trabalhadores import listas
from suas.nucleo.identificador import uuid7

APAGADO = "Trabalhador com dados apagados"


class Trabalhador(models.Model):
    """Uma pessoa que trabalha, ou trabalhou, no SUAS. `abrangencia` é o território que cuida do cadastro dela.

    `pessoa` liga à entrada no sistema, se ela tem uma: por ali vê os próprios dados e quem os leu.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cpf = models.CharField("CPF", max_length=11, unique=True, null=True)
    nome = models.CharField(max_length=150)
    nome_social = models.CharField("nome social", max_length=150, blank=True)
    nome_busca = models.CharField("nome sem acentos", max_length=310, editable=False)
    nascimento = models.DateField("data de nascimento", null=True, blank=True)
    sexo = models.CharField(max_length=15, choices=listas.Sexo.choices, blank=True)
    escolaridade = models.CharField(max_length=25, choices=listas.ESCOLARIDADE, blank=True)
    profissao = models.CharField("profissão", max_length=25, choices=listas.PROFISSAO, blank=True)
    registro_numero = models.CharField("registro no conselho de classe", max_length=20, blank=True)
    registro_uf = models.CharField("UF do registro", max_length=2, blank=True)
    email = models.EmailField("e-mail", blank=True)
    telefone = models.CharField(max_length=11, blank=True)
    pessoa = models.OneToOneField(
        "identidade.Pessoa", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="entrada"
    )
    abrangencia = models.CharField("quem cuida do cadastro", max_length=7)
    criado_em = models.DateTimeField("criado em")
    mudado_em = models.DateTimeField("mudado em")
    versao = models.PositiveIntegerField("versão", default=1)
    apagado_em = models.DateTimeField("apagado em", null=True, blank=True)
    sintetico = models.BooleanField("inventado, para demonstração", default=False)

    class Meta:
        verbose_name = "trabalhador"
        verbose_name_plural = "trabalhadores"
        ordering = ("nome_busca", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("nome_busca", "id"), name="trabalhador_por_nome"),
            models.Index(fields=("mudado_em", "id"), name="trabalhador_por_mudanca"),
        ]

    def __str__(self) -> str:
        """Sem o nome: este texto vai a frases da trilha, que não se cifram."""
        return "trabalhador"

    @property
    def como_se_chama(self) -> str:
        """O nome social, se a pessoa o usa; senão o do documento."""
        return self.nome_social or self.nome

    @property
    def credencial(self) -> str:
        """O registro no conselho de classe, como se escreve: “CRESS/ES 1234”; vazio se não há."""
        if not self.registro_numero:
            return ""
        conselho = listas.CONSELHOS.get(self.profissao, "Registro")
        return f"{conselho}{f'/{self.registro_uf}' if self.registro_uf else ''} {self.registro_numero}"


class LotacaoQuerySet(models.QuerySet["Lotacao"]):
    def da_abrangencia(self, codigo: str) -> LotacaoQuerySet:
        """As lotações de dentro de um território, o próprio incluído; o vazio não alcança nenhuma."""
        if codigo == "BR":
            return self
        if not codigo:
            return self.none()
        return self.filter(abrangencia__gte=codigo, abrangencia__lt=str(int(codigo) + 1).zfill(len(codigo)))

    def em_exercicio(self, dia: date) -> LotacaoQuerySet:
        return self.filter(Q(ate__isnull=True) | Q(ate__gt=dia), desde__lte=dia)


class Lotacao(models.Model):
    """Uma pessoa numa unidade, ou num órgão, numa função, de um dia a outro (`ate` é o primeiro em que já não está)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    trabalhador = models.ForeignKey(Trabalhador, on_delete=models.PROTECT, related_name="lotacoes")
    abrangencia = models.CharField("território", max_length=7)
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, null=True, blank=True, related_name="lotacoes")
    orgao = models.CharField("órgão", max_length=15, choices=listas.Orgao.choices, blank=True)
    funcao = models.CharField("função", max_length=25, choices=listas.FUNCAO)
    funcao_essencial = models.CharField("função essencial de gestão", max_length=60, blank=True)
    servico = models.CharField("serviço principal", max_length=20, choices=listas.Servico.choices, blank=True)
    segundo_servico = models.CharField("segundo serviço", max_length=20, choices=listas.Servico.choices, blank=True)
    vinculo_de_trabalho = models.CharField("vínculo de trabalho", max_length=20, choices=listas.VINCULO_DE_TRABALHO)
    carga_horaria = models.PositiveSmallIntegerField("horas por semana")
    turno = models.CharField(max_length=10, choices=listas.Turno.choices, blank=True)
    desde = models.DateField()
    ate = models.DateField("até", null=True, blank=True)
    motivo_da_saida = models.CharField("motivo da saída", max_length=200, blank=True)
    criada_em = models.DateTimeField("criada em")
    mudada_em = models.DateTimeField("mudada em")
    versao = models.PositiveIntegerField("versão", default=1)
    sintetica = models.BooleanField("inventada, para demonstração", default=False)

    objects = LotacaoQuerySet.as_manager()

    class Meta:
        verbose_name = "lotação"
        verbose_name_plural = "lotações"
        ordering = ("-desde", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(unidade__isnull=False, orgao="") | (Q(unidade__isnull=True) & ~Q(orgao="")),
                name="lotacao_na_unidade_ou_no_orgao",
            ),
            models.CheckConstraint(
                # igual: a lotação que não chegou a valer
                condition=Q(ate__isnull=True) | Q(ate__gte=F("desde")),
                name="lotacao_nao_termina_antes_de_comecar",
            ),
            models.CheckConstraint(condition=Q(carga_horaria__range=(1, 80)), name="lotacao_horas_de_1_a_80"),
            models.UniqueConstraint(
                fields=("trabalhador", "unidade", "funcao"),
                condition=Q(ate__isnull=True, unidade__isnull=False),
                name="lotacao_uma_aberta_por_funcao_na_unidade",
            ),
            models.UniqueConstraint(
                fields=("trabalhador", "abrangencia", "orgao", "funcao", "funcao_essencial"),
                condition=Q(ate__isnull=True, unidade__isnull=True),
                name="lotacao_uma_aberta_por_funcao_no_orgao",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("abrangencia", "ate"), name="lotacao_por_territorio"),
            models.Index(fields=("unidade", "ate"), name="lotacao_por_unidade"),
            models.Index(fields=("mudada_em", "id"), name="lotacao_por_mudanca"),
        ]

    def __str__(self) -> str:
        return f"{self.get_funcao_display()}, {self.onde}"

    @property
    def onde(self) -> str:
        """A unidade ou o órgão, em palavras."""
        return self.unidade.nome if self.unidade is not None else self.get_orgao_display()

    @property
    def ultimo_dia(self) -> date | None:
        return date.fromordinal(self.ate.toordinal() - 1) if self.ate is not None else None

    @property
    def efetiva(self) -> bool:
        """O vínculo é de servidor efetivo?"""
        return TipoDeVinculo(self.vinculo_de_trabalho).efetivo

    def vale_em(self, dia: date) -> bool:
        return self.desde <= dia and (self.ate is None or dia < self.ate)


class BaseDaEquipe(models.Model):
    """Com que números se calcula a equipe de referência da unidade, além da capacidade que está no cadastro dela.

    Sem esta linha usa-se o que o tipo da unidade permite supor, e a página diz o que supôs.
    """

    class Tabela(models.TextChoices):
        PEQUENOS_GRUPOS = "pequenos_grupos", "Abrigo institucional, casa-lar ou casa de passagem"
        FAMILIA_ACOLHEDORA = "familia_acolhedora", "Família acolhedora"
        REPUBLICA = "republica", "República"
        ILPI = "ilpi", "Instituição de longa permanência para idosos"

    class Gestao(models.TextChoices):
        BASICA = "BASICA", "Inicial ou básica"
        PLENA = "PLENA", "Plena, ou serviço regional"

    unidade = models.OneToOneField(Unidade, on_delete=models.PROTECT, primary_key=True, related_name="base_da_equipe")
    tabela = models.CharField("tabela da norma", max_length=20, choices=Tabela.choices, blank=True)
    gestao = models.CharField("gestão do município", max_length=10, choices=Gestao.choices, blank=True)
    turnos = models.PositiveSmallIntegerField(null=True, blank=True)
    com_demandas = models.PositiveSmallIntegerField("acolhidos com demandas específicas", null=True, blank=True)
    equipamentos = models.PositiveSmallIntegerField(null=True, blank=True)
    familias_acolhedoras = models.PositiveSmallIntegerField("famílias acolhedoras", null=True, blank=True)
    familias_de_origem = models.PositiveSmallIntegerField("famílias de origem", null=True, blank=True)
    mudada_em = models.DateTimeField("mudada em")

    class Meta:
        verbose_name = "base da equipe de referência"
        verbose_name_plural = "bases das equipes de referência"

    def __str__(self) -> str:
        return f"base da equipe de {self.unidade.nome}"


class QuemAtende(models.Model):
    """A gestão ligou, para esta unidade, a lista pública de quem atende, com a credencial (NOB-RH/SUAS, III)."""

    unidade = models.OneToOneField(Unidade, on_delete=models.PROTECT, primary_key=True, related_name="quem_atende")
    ligado_em = models.DateTimeField("ligado em")

    class Meta:
        verbose_name = "lista de quem atende"
        verbose_name_plural = "listas de quem atende"

    def __str__(self) -> str:
        return f"quem atende em {self.unidade.nome}"
