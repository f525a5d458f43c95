"""Os encaminhamentos entre unidades e a outros órgãos, e o que as unidades pactuaram sobre eles."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from suas.atendimento.servicos import listas
from suas.cadastros.rede.models import Unidade
from suas.nucleo.identificador import uuid7


class Protocolo(models.Model):
    """O que duas unidades combinaram sobre os encaminhamentos de uma à outra. Mudar é propor outro número.

    `campos` é o que quem encaminha precisa dizer: uma lista de {"rotulo", "obrigatorio"}.
    """

    class Estado(models.TextChoices):
        PROPOSTO = "proposto", "proposto, à espera da outra unidade"
        VIGENTE = "vigente", "em vigor"
        RECUSADO = "recusado", "não aceito"
        SUBSTITUIDO = "substituido", "substituído por outro"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("município", max_length=7)
    origem = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+", verbose_name="quem encaminha")
    destino = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+", verbose_name="quem recebe")
    numero = models.PositiveIntegerField("número")
    combinado = models.TextField("o que se combinou", max_length=2000)
    prazo_dias = models.PositiveSmallIntegerField("dias para responder")
    campos = models.JSONField("o que se precisa dizer", default=list)
    estado = models.CharField(max_length=12, choices=Estado.choices, default=Estado.PROPOSTO)
    proposto_pela = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+", verbose_name="quem propôs")
    proposto_em = models.DateTimeField("proposto em")
    respondido_em = models.DateTimeField("respondido em", null=True, blank=True)
    resposta = models.CharField("em palavras", max_length=300, blank=True)

    class Meta:
        verbose_name = "protocolo entre unidades"
        verbose_name_plural = "protocolos entre unidades"
        ordering = ("-proposto_em", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("origem", "destino", "numero"), name="protocolo_numero_unico_no_par"),
            models.UniqueConstraint(
                fields=("origem", "destino"), condition=Q(estado="vigente"), name="protocolo_um_em_vigor_no_par"
            ),
            models.UniqueConstraint(
                fields=("origem", "destino"), condition=Q(estado="proposto"), name="protocolo_um_proposto_no_par"
            ),
        ]

    def __str__(self) -> str:
        return f"protocolo {self.numero}"

    @property
    def responde(self) -> Unidade:
        """A unidade que aceita ou não: a outra."""
        return self.destino if self.proposto_pela_id == self.origem_id else self.origem


class Encaminhamento(models.Model):
    """Bloco 15: alguém da família, ou ela inteira, vai a outra unidade ou a outro órgão. `etapa` resume os passos."""

    class Etapa(models.TextChoices):
        ENVIADO = "enviado", "à espera de resposta"
        ACEITO = "aceito", "aceito, em atendimento"
        RECUSADO = "recusado", "não aceito"
        DEVOLVIDO = "devolvido", "devolvido com retorno"
        CANCELADO = "cancelado", "cancelado por quem enviou"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("município", max_length=7)
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="encaminhamentos")
    pessoa = models.ForeignKey(
        "familias.PessoaAtendida", on_delete=models.PROTECT, null=True, blank=True, related_name="encaminhamentos"
    )
    prontuario = models.ForeignKey("familias.Prontuario", on_delete=models.PROTECT, related_name="encaminhamentos")
    origem = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+", verbose_name="quem encaminhou")
    destino = models.ForeignKey(
        Unidade, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem recebe"
    )
    orgao = models.CharField("órgão ou serviço", max_length=200, blank=True)
    codigo = models.PositiveSmallIntegerField("para quê", choices=listas.Codigo.choices)
    motivo = models.TextField("objetivo ou motivo", max_length=2000)
    respostas = models.JSONField("o que o protocolo pede", default=list)
    protocolo = models.ForeignKey(
        Protocolo, on_delete=models.PROTECT, null=True, blank=True, related_name="encaminhamentos"
    )
    dia = models.DateField()
    responder_ate = models.DateField("responder até", null=True, blank=True)
    profissional = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem encaminhou pela unidade"
    )
    funcao = models.CharField("em que papel", max_length=60)
    enviado_em = models.DateTimeField("enviado em")
    etapa = models.CharField(max_length=10, choices=Etapa.choices, default=Etapa.ENVIADO)
    dias_de_espera = models.PositiveIntegerField("dias até a resposta", null=True, blank=True)
    sintetico = models.BooleanField("inventado, para demonstração", default=False)

    class Meta:
        verbose_name = "encaminhamento"
        ordering = ("-dia", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(destino__isnull=False, orgao="") | (Q(destino__isnull=True) & ~Q(orgao="")),
                name="encaminhamento_a_unidade_ou_a_orgao",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("destino", "etapa", "responder_ate"), name="encaminhamento_recebido"),
            models.Index(fields=("origem", "dia"), name="encaminhamento_enviado"),
            models.Index(fields=("familia", "dia"), name="encaminhamento_da_familia"),
            # a conta da espera sai só dele, sem abrir as linhas
            models.Index(
                fields=("abrangencia", "dia", "etapa", "destino", "dias_de_espera", "origem"),
                name="encaminhamento_espera",
            ),
        ]

    def __str__(self) -> str:
        return f"encaminhamento de {self.dia:%d/%m/%Y}"

    @property
    def para_onde(self) -> str:
        """A unidade ou o órgão que recebe, pelo nome."""
        return self.destino.nome if self.destino is not None else self.orgao

    def vencido(self, hoje: date) -> bool:
        """Ninguém respondeu, e o dia combinado passou?"""
        return self.etapa == self.Etapa.ENVIADO and self.responder_ate is not None and self.responder_ate < hoje


class Passo(models.Model):
    """O que se fez com o encaminhamento, quem e quando. Nunca muda: o seguinte se acrescenta."""

    encaminhamento = models.ForeignKey(Encaminhamento, on_delete=models.PROTECT, related_name="passos")
    abrangencia = models.CharField("município", max_length=7)
    etapa = models.CharField(max_length=10, choices=Encaminhamento.Etapa.choices)
    texto = models.TextField("em palavras", max_length=2000, blank=True)
    em = models.DateTimeField("quando")
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+")
    pessoa = models.ForeignKey("identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem fez")
    funcao = models.CharField("em que papel", max_length=60)

    class Meta:
        verbose_name = "passo de um encaminhamento"
        verbose_name_plural = "passos dos encaminhamentos"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"passo de {self.em:%d/%m/%Y}"


class Grupo(models.Model):
    """O que a unidade faz com várias pessoas juntas: um grupo que continua, ou uma atividade que não."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("município", max_length=7)
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+")
    nome = models.CharField(max_length=120)
    tipo = models.CharField(max_length=15, choices=listas.TipoDeGrupo.choices)
    quando = models.CharField("dias e horário", max_length=120, blank=True)
    local = models.CharField("onde", max_length=150, blank=True)
    comecou = models.DateField("começou em")
    encerrado = models.DateField("encerrado em", null=True, blank=True)
    motivo = models.CharField("por que se encerrou", max_length=300, blank=True)
    sintetico = models.BooleanField("inventado, para demonstração", default=False)

    class Meta:
        verbose_name = "grupo"
        ordering = ("nome", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("unidade", "tipo"), name="grupo_da_unidade"),
        ]

    def __str__(self) -> str:
        return "grupo"


class Participante(models.Model):
    """Quem participa de um grupo, de um dia a outro. Quem sai fica na história."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    grupo = models.ForeignKey(Grupo, on_delete=models.PROTECT, related_name="participantes")
    abrangencia = models.CharField("município", max_length=7)
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="em_grupos")
    pessoa = models.ForeignKey("familias.PessoaAtendida", on_delete=models.PROTECT, related_name="em_grupos")
    desde = models.DateField()
    ate = models.DateField("saída", null=True, blank=True)
    motivo = models.CharField("por que saiu", max_length=300, blank=True)

    class Meta:
        verbose_name = "participante de um grupo"
        verbose_name_plural = "participantes dos grupos"
        ordering = ("desde", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("grupo", "pessoa"), condition=Q(ate__isnull=True), name="participante_uma_vez_no_grupo"
            ),
        ]

    def __str__(self) -> str:
        return "participante"


class Encontro(models.Model):
    """Um dia em que o grupo se reuniu. `sem_registro`: quem veio e não está no registro das famílias, só contado."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    grupo = models.ForeignKey(Grupo, on_delete=models.PROTECT, related_name="encontros")
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+")
    abrangencia = models.CharField("município", max_length=7)
    dia = models.DateField()
    tema = models.CharField("o que se trabalhou", max_length=200, blank=True)
    sem_registro = models.PositiveSmallIntegerField("outras pessoas", default=0)
    profissional = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem fez a chamada"
    )
    mudado_em = models.DateTimeField("mudado em")
    versao = models.PositiveIntegerField("versão", default=1)
    anulado_em = models.DateTimeField("anulado em", null=True, blank=True)
    motivo_da_anulacao = models.CharField("por que se anulou", max_length=300, blank=True)

    class Meta:
        verbose_name = "encontro de um grupo"
        verbose_name_plural = "encontros dos grupos"
        ordering = ("-dia", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("grupo", "dia"), condition=Q(anulado_em__isnull=True), name="encontro_um_por_dia"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("unidade", "dia"), name="encontro_da_unidade"),
        ]

    def __str__(self) -> str:
        return f"encontro de {self.dia:%d/%m/%Y}"


class Presenca(models.Model):
    """Alguém do grupo na chamada de um encontro: veio ou faltou."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    encontro = models.ForeignKey(Encontro, on_delete=models.PROTECT, related_name="presencas")
    abrangencia = models.CharField("município", max_length=7)
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="presencas")
    pessoa = models.ForeignKey("familias.PessoaAtendida", on_delete=models.PROTECT, related_name="presencas")
    veio = models.BooleanField()

    class Meta:
        verbose_name = "presença num encontro"
        verbose_name_plural = "presenças nos encontros"
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("encontro", "pessoa"), name="presenca_uma_por_pessoa"),
        ]

    def __str__(self) -> str:
        return "presença"
