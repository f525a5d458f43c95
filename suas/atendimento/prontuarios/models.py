"""O que a equipe preenche no Prontuário SUAS, e o acompanhamento da família: nada do que se grava se apaga."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from suas.atendimento.prontuarios import listas
from suas.cadastros.rede.models import Unidade
from suas.nucleo.identificador import uuid7


class VersaoDaFicha(models.Model):
    """Uma ficha do prontuário como alguém a gravou num dia: as respostas inteiras, e o que escreveu além delas."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    prontuario = models.ForeignKey("familias.Prontuario", on_delete=models.PROTECT, related_name="fichas")
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="fichas")
    pessoa = models.ForeignKey(
        "familias.PessoaAtendida", on_delete=models.PROTECT, null=True, blank=True, related_name="fichas"
    )
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="fichas")
    abrangencia = models.CharField("município", max_length=7)
    ficha = models.CharField("ficha do prontuário", max_length=20)
    numero = models.PositiveIntegerField("versão")
    modelo = models.CharField("versão do formulário", max_length=10)
    dia = models.DateField("dia da avaliação")
    respostas = models.JSONField(default=dict)
    observacao = models.TextField("observação", max_length=4000, blank=True)
    profissional = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem gravou"
    )
    funcao = models.CharField("em que papel", max_length=60)
    gravada_em = models.DateTimeField("gravada em")
    sintetica = models.BooleanField("inventada, para demonstração", default=False)

    class Meta:
        verbose_name = "ficha do prontuário"
        verbose_name_plural = "fichas do prontuário"
        ordering = ("-numero", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("prontuario", "ficha", "numero"),
                condition=Q(pessoa__isnull=True),
                name="ficha_da_familia_uma_por_versao",
            ),
            models.UniqueConstraint(
                fields=("prontuario", "ficha", "pessoa", "numero"),
                condition=Q(pessoa__isnull=False),
                name="ficha_da_pessoa_uma_por_versao",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("familia", "ficha"), name="ficha_por_familia"),
        ]

    def __str__(self) -> str:
        """Sem dizer que ficha é: este texto vai a frases da trilha, que não se cifram."""
        return f"ficha gravada em {self.dia:%d/%m/%Y}"


class Acompanhamento(models.Model):
    """A família acompanhada pelo PAIF ou pelo PAEFI na unidade, de um dia a outro, com o perfil da entrada."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    prontuario = models.ForeignKey("familias.Prontuario", on_delete=models.PROTECT, related_name="acompanhamentos")
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="acompanhamentos")
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="acompanhamentos")
    abrangencia = models.CharField("município", max_length=7)
    servico = models.CharField("serviço", max_length=5, choices=listas.Servico.choices)
    inicio = models.DateField("inserção")
    perfil = models.JSONField("perfil da entrada", default=list)
    motivo = models.TextField("por que se acompanha", max_length=2000, blank=True)
    quem_inseriu = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem inseriu"
    )
    funcao = models.CharField("em que papel", max_length=60)
    inserido_em = models.DateTimeField("inserido em")
    fim = models.DateField("desligamento", null=True, blank=True)
    razao = models.CharField("razão do desligamento", max_length=10, choices=listas.Razao.choices, blank=True)
    motivo_do_fim = models.CharField("em palavras", max_length=500, blank=True)
    quem_desligou = models.ForeignKey(
        "identidade.Pessoa",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="quem desligou",
    )
    anulado_em = models.DateTimeField("anulado em", null=True, blank=True)
    motivo_da_anulacao = models.CharField("por que se anulou", max_length=300, blank=True)
    sintetico = models.BooleanField("inventado, para demonstração", default=False)

    class Meta:
        verbose_name = "acompanhamento"
        ordering = ("-inicio", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("prontuario",),
                condition=Q(fim__isnull=True, anulado_em__isnull=True),
                name="acompanhamento_um_por_vez",
            ),
            models.CheckConstraint(
                condition=Q(fim__isnull=True) | Q(fim__gte=F("inicio")), name="acompanhamento_nao_acaba_antes"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("unidade", "inicio", "fim"), name="acompanhamento_por_unidade"),
        ]

    def __str__(self) -> str:
        return f"acompanhamento desde {self.inicio:%d/%m/%Y}"

    @property
    def aberto(self) -> bool:
        return self.fim is None and self.anulado_em is None


class Plano(models.Model):
    """O plano de um acompanhamento: o da família (PAF) ou o de uma pessoa (PIA)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    acompanhamento = models.ForeignKey(Acompanhamento, on_delete=models.PROTECT, related_name="planos")
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="planos")
    pessoa = models.ForeignKey(
        "familias.PessoaAtendida", on_delete=models.PROTECT, null=True, blank=True, related_name="planos"
    )
    abrangencia = models.CharField("município", max_length=7)
    tipo = models.CharField(max_length=3, choices=listas.TipoDePlano.choices)
    dia = models.DateField("feito em")
    rever_ate = models.DateField("rever até", null=True, blank=True)
    profissional = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem fez"
    )
    funcao = models.CharField("em que papel", max_length=60)
    criado_em = models.DateTimeField("criado em")

    class Meta:
        verbose_name = "plano de acompanhamento"
        verbose_name_plural = "planos de acompanhamento"
        ordering = ("tipo", "criado_em", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("acompanhamento",), condition=Q(pessoa__isnull=True), name="plano_um_da_familia"
            ),
            models.UniqueConstraint(fields=("acompanhamento", "pessoa"), name="plano_um_por_pessoa"),
            models.CheckConstraint(
                condition=Q(tipo="paf", pessoa__isnull=True) | Q(tipo="pia", pessoa__isnull=False),
                name="plano_individual_e_de_alguem",
            ),
        ]

    def __str__(self) -> str:
        return f"plano de {self.dia:%d/%m/%Y}"


class Objetivo(models.Model):
    """O que se quer alcançar, e em que pé está."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plano = models.ForeignKey(Plano, on_delete=models.PROTECT, related_name="objetivos")
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="objetivos")
    abrangencia = models.CharField("município", max_length=7)
    texto = models.CharField("objetivo", max_length=500)
    situacao = models.CharField(
        "situação", max_length=15, choices=listas.Objetivo.choices, default=listas.Objetivo.EM_ANDAMENTO
    )
    criado_em = models.DateTimeField("criado em")

    class Meta:
        verbose_name = "objetivo do plano"
        verbose_name_plural = "objetivos dos planos"
        ordering = ("criado_em", "id")

    def __str__(self) -> str:
        return "objetivo do plano"


class AcaoDoPlano(models.Model):
    """O que se combinou fazer, quem faz e até quando."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    objetivo = models.ForeignKey(Objetivo, on_delete=models.PROTECT, related_name="acoes")
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="acoes_do_plano")
    abrangencia = models.CharField("município", max_length=7)
    texto = models.CharField("ação", max_length=500)
    responsavel = models.CharField("quem faz", max_length=150)
    prazo = models.DateField("até quando", null=True, blank=True)
    situacao = models.CharField("situação", max_length=15, choices=listas.Acao.choices, default=listas.Acao.A_FAZER)
    criada_em = models.DateTimeField("criada em")

    class Meta:
        verbose_name = "ação do plano"
        verbose_name_plural = "ações dos planos"
        ordering = ("criada_em", "id")

    def __str__(self) -> str:
        return "ação do plano"


class Revisao(models.Model):
    """O que se viu ao rever o plano, num dia, e quando se revê de novo."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plano = models.ForeignKey(Plano, on_delete=models.PROTECT, related_name="revisoes")
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="revisoes")
    abrangencia = models.CharField("município", max_length=7)
    dia = models.DateField()
    texto = models.TextField("evolução", max_length=4000)
    proxima = models.DateField("rever de novo até", null=True, blank=True)
    profissional = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem reviu"
    )
    funcao = models.CharField("em que papel", max_length=60)
    registrada_em = models.DateTimeField("registrada em")

    class Meta:
        verbose_name = "revisão do plano"
        verbose_name_plural = "revisões dos planos"
        ordering = ("-dia", "-id")

    def __str__(self) -> str:
        return f"revisão de {self.dia:%d/%m/%Y}"


class Avaliacao(models.Model):
    """Bloco 14: o que se avalia do acompanhamento, num dia."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    acompanhamento = models.ForeignKey(Acompanhamento, on_delete=models.PROTECT, related_name="avaliacoes")
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="avaliacoes")
    abrangencia = models.CharField("município", max_length=7)
    dia = models.DateField()
    meses = models.PositiveSmallIntegerField("meses de acompanhamento")
    ofertas = models.CharField("ofertas da assistência social", max_length=15, choices=listas.Ofertas.choices)
    outras_politicas = models.CharField("outras políticas", max_length=15, choices=listas.OutrasPoliticas.choices)
    reconhece = models.BooleanField("a família reconhece o serviço e quer continuar")
    resultado = models.CharField(max_length=15, choices=listas.Resultado.choices)
    texto = models.TextField("em palavras", max_length=4000, blank=True)
    profissional = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem avaliou"
    )
    funcao = models.CharField("em que papel", max_length=60)
    registrada_em = models.DateTimeField("registrada em")

    class Meta:
        verbose_name = "avaliação do acompanhamento"
        verbose_name_plural = "avaliações dos acompanhamentos"
        ordering = ("-dia", "-id")

    def __str__(self) -> str:
        return f"avaliação de {self.dia:%d/%m/%Y}"


class EntregaDoRegistro(models.Model):
    """A pessoa pediu para ver o que está registrado sobre ela, e a unidade emitiu: quem pediu, quem emitiu e quando."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    prontuario = models.ForeignKey("familias.Prontuario", on_delete=models.PROTECT, related_name="entregas")
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="entregas")
    pessoa = models.ForeignKey("familias.PessoaAtendida", on_delete=models.PROTECT, related_name="entregas")
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="entregas_de_registro")
    abrangencia = models.CharField("município", max_length=7)
    quem_pediu = models.CharField("quem pediu", max_length=15, choices=listas.QuemPediu.choices)
    conferencia = models.CharField("como se conferiu", max_length=300)
    profissional = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem emitiu"
    )
    funcao = models.CharField("em que papel", max_length=60)
    em = models.DateTimeField("emitida em")

    class Meta:
        verbose_name = "entrega do registro"
        verbose_name_plural = "entregas do registro"
        ordering = ("-em", "-id")

    def __str__(self) -> str:
        return f"entrega de {self.em:%d/%m/%Y}"

    @property
    def com_sigilo(self) -> bool:
        """O sigiloso só sai para a própria pessoa (ADR 0093)."""
        return self.quem_pediu == listas.QuemPediu.PROPRIA
