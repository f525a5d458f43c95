"""Os benefícios eventuais, do pedido à entrega, com a regra do município; e quem recebe o BPC."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from suas.atendimento.beneficios import listas
from suas.cadastros.rede.models import Unidade
from suas.nucleo.identificador import uuid7


class Regra(models.Model):
    """O que o município decidiu sobre um benefício, desde um dia. Não muda: a regra nova é outra linha."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("município", max_length=7)
    tipo = models.PositiveSmallIntegerField(choices=listas.Tipo.choices)
    desde = models.DateField("vale desde")
    ofertado = models.BooleanField("o município oferta", default=True)
    criterios = models.TextField("a quem se concede", max_length=2000, blank=True)
    valor_centavos = models.PositiveBigIntegerField("valor de cada prestação", null=True, blank=True)
    prestacoes = models.PositiveSmallIntegerField("até quantas prestações", default=1)
    ato = models.CharField("lei ou resolução", max_length=200)
    registrada_em = models.DateTimeField("registrada em")

    class Meta:
        verbose_name = "regra de benefício do município"
        verbose_name_plural = "regras de benefícios dos municípios"
        ordering = ("tipo", "-desde", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("abrangencia", "tipo", "desde"), name="regra_do_municipio"),
        ]

    def __str__(self) -> str:
        return f"regra de {self.get_tipo_display()}"


class Pedido(models.Model):
    """Bloco 8: o que a família precisa, o que se decidiu, com que regra. As prestações dizem o que se entregou."""

    class Estado(models.TextChoices):
        ESPERA = "espera", "à espera de decisão"
        CONCEDIDO = "concedido", "concedido, a entregar"
        ENTREGUE = "entregue", "entregue"
        RECUSADO = "recusado", "não concedido"
        CANCELADO = "cancelado", "cancelado"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("município", max_length=7)
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="beneficios")
    pessoa = models.ForeignKey(
        "familias.PessoaAtendida", on_delete=models.PROTECT, null=True, blank=True, related_name="beneficios"
    )
    prontuario = models.ForeignKey("familias.Prontuario", on_delete=models.PROTECT, related_name="beneficios")
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+")
    tipo = models.PositiveSmallIntegerField("benefício", choices=listas.Tipo.choices)
    regra = models.ForeignKey(Regra, on_delete=models.PROTECT, null=True, blank=True, related_name="pedidos")
    dia = models.DateField("pedido em")
    necessidade = models.TextField("do que a família precisa", max_length=2000)
    documento = models.CharField("registro de nascimento ou CPF de quem faleceu", max_length=40, blank=True)
    profissional = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem registrou"
    )
    registrado_em = models.DateTimeField("registrado em")
    estado = models.CharField(max_length=10, choices=Estado.choices, default=Estado.ESPERA)
    decidido_dia = models.DateField("decidido em", null=True, blank=True)
    decidido_por = models.ForeignKey(
        "identidade.Pessoa",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="quem decidiu",
    )
    razao = models.TextField("por quê", max_length=2000, blank=True)
    valor_centavos = models.PositiveBigIntegerField("valor de cada prestação", null=True, blank=True)
    sintetico = models.BooleanField("inventado, para demonstração", default=False)

    class Meta:
        verbose_name = "pedido de benefício eventual"
        verbose_name_plural = "pedidos de benefícios eventuais"
        ordering = ("-dia", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("unidade", "estado", "dia"), name="beneficio_da_unidade"),
            models.Index(fields=("unidade", "decidido_dia"), name="beneficio_decidido"),
            models.Index(fields=("familia", "dia"), name="beneficio_da_familia"),
        ]

    def __str__(self) -> str:
        return f"pedido de {self.dia:%d/%m/%Y}"


class Prestacao(models.Model):
    """Cada entrega de um benefício concedido: para quando, e o que se entregou."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pedido = models.ForeignKey(Pedido, on_delete=models.PROTECT, related_name="prestacoes")
    abrangencia = models.CharField("município", max_length=7)
    numero = models.PositiveSmallIntegerField("número")
    prevista = models.DateField("prevista para")
    entregue = models.DateField("entregue em", null=True, blank=True)
    o_que = models.CharField("o que se entregou", max_length=300, blank=True)
    profissional = models.ForeignKey(
        "identidade.Pessoa",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="quem entregou",
    )

    class Meta:
        verbose_name = "prestação de um benefício"
        verbose_name_plural = "prestações dos benefícios"
        ordering = ("numero", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("pedido", "numero"), name="prestacao_numero_unico"),
        ]

    def __str__(self) -> str:
        return f"prestação {self.numero}"


class Bpc(models.Model):
    """Alguém que recebe o Benefício de Prestação Continuada, e a unidade que o acompanha."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("município", max_length=7)
    familia = models.ForeignKey("familias.Familia", on_delete=models.PROTECT, related_name="com_bpc")
    pessoa = models.ForeignKey("familias.PessoaAtendida", on_delete=models.PROTECT, related_name="com_bpc")
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+")
    especie = models.CharField("espécie", max_length=12, choices=listas.Especie.choices)
    desde = models.DateField("recebe desde")
    ate = models.DateField("recebeu até", null=True, blank=True)
    rever_ate = models.DateField("próxima revisão")
    registrado_em = models.DateTimeField("registrado em")
    sintetico = models.BooleanField("inventado, para demonstração", default=False)

    class Meta:
        verbose_name = "beneficiário do BPC"
        verbose_name_plural = "beneficiários do BPC"
        ordering = ("rever_ate", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("pessoa",), condition=Q(ate__isnull=True), name="bpc_um_por_pessoa"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("unidade", "ate", "rever_ate"), name="bpc_da_unidade"),
        ]

    def __str__(self) -> str:
        return "BPC"


class Revisao(models.Model):
    """No que deu uma revisão do BPC. Não muda."""

    bpc = models.ForeignKey(Bpc, on_delete=models.PROTECT, related_name="revisoes")
    abrangencia = models.CharField("município", max_length=7)
    dia = models.DateField()
    resultado = models.CharField(max_length=10, choices=listas.Resultado.choices)
    texto = models.CharField("em palavras", max_length=500, blank=True)
    em = models.DateTimeField("registrada em")
    profissional = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem registrou"
    )

    class Meta:
        verbose_name = "revisão do BPC"
        verbose_name_plural = "revisões do BPC"
        ordering = ("-dia", "-id")

    def __str__(self) -> str:
        return f"revisão de {self.dia:%d/%m/%Y}"
