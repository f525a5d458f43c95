"""O Registro Mensal de Atendimentos de uma unidade: o rascunho, cada envio, que não muda, e o que se respondeu."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from normas.base.competencia import Competencia
from suas.cadastros.rede.models import Unidade
from suas.nucleo.identificador import uuid7


class RegistroMensal(models.Model):
    """O mês de uma unidade num formulário. `itens` é o que está escrito agora, código do item → número ou quadrinhos.

    O estado é do último passo; o que valeu está nos envios. `justificativas`: código da regra → o que se escreveu;
    `autores`: código da regra → quem o escreveu e quando.
    """

    class Estado(models.TextChoices):
        RASCUNHO = "rascunho", "em rascunho"
        ENVIADO = "enviado", "enviado, à espera da conferência"
        EM_ANALISE = "em_analise", "em análise"
        DEVOLVIDO = "devolvido", "devolvido para correção"
        APROVADO = "aprovado", "aprovado"
        PUBLICADO = "publicado", "publicado"

    #: O mês que se escreve; nos outros estados há um envio que vale, e mudar é reabrir.
    ABERTOS = frozenset({Estado.RASCUNHO, Estado.DEVOLVIDO})
    #: Enviado e não devolvido: a unidade entregou.
    ENTREGUES = frozenset({Estado.ENVIADO, Estado.EM_ANALISE, Estado.APROVADO, Estado.PUBLICADO})
    #: A vigilância disse que está certo.
    ACEITOS = frozenset({Estado.APROVADO, Estado.PUBLICADO})

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="registros_mensais")
    abrangencia = models.CharField("município", max_length=7)
    formulario = models.CharField("formulário", max_length=20)
    competencia = models.CharField("mês de referência", max_length=7)
    estado = models.CharField(max_length=10, choices=Estado.choices, default=Estado.RASCUNHO)
    itens = models.JSONField(default=dict, blank=True)
    justificativas = models.JSONField(default=dict, blank=True)
    autores = models.JSONField("quem justificou", default=dict, blank=True)
    motivo_da_correcao = models.CharField("por que se corrige", max_length=300, blank=True)
    mudado_em = models.DateTimeField("mudado em")
    versao = models.PositiveIntegerField("versão", default=1)
    sintetico = models.BooleanField("inventado, para demonstração", default=False)

    class Meta:
        verbose_name = "registro mensal"
        verbose_name_plural = "registros mensais"
        ordering = ("-competencia", "unidade")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("unidade", "formulario", "competencia"), name="registro_um_por_unidade_e_mes"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("competencia", "abrangencia", "estado"), name="registro_por_mes_e_municipio"),
        ]

    def __str__(self) -> str:
        return f"{self.formulario} de {self.mes:%m/%Y}"

    @property
    def mes(self) -> date:
        """O primeiro dia do mês de referência."""
        return Competencia.de_texto(self.competencia).desde


class Envio(models.Model):
    """O que a unidade enviou, inteiro, e o que os registros de atendimento diziam naquele instante. Nunca muda.

    Sem `pessoa`, veio de outro sistema, numa carga; `papel` diz de onde.
    """

    registro = models.ForeignKey(RegistroMensal, on_delete=models.PROTECT, related_name="envios")
    abrangencia = models.CharField("município", max_length=7)
    numero = models.PositiveSmallIntegerField("número")
    versao_do_formulario = models.CharField("versão do formulário", max_length=20)
    itens = models.JSONField()
    justificativas = models.JSONField(default=dict)
    autores = models.JSONField("quem justificou", default=dict)
    avisos = models.JSONField(default=list)
    calculados = models.JSONField("o que os registros diziam", default=dict)
    motivo = models.CharField("por que se corrigiu", max_length=300, blank=True)
    em = models.DateTimeField("enviado em")
    pessoa = models.ForeignKey(
        "identidade.Pessoa",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="quem enviou",
        null=True,
        blank=True,
    )
    papel = models.CharField("em que papel", max_length=60)

    class Meta:
        verbose_name = "envio"
        ordering = ("-numero",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("registro", "numero"), name="envio_numero_unico"),
        ]

    def __str__(self) -> str:
        return f"envio {self.numero}"


class Lastro(models.Model):
    """As linhas atrás de um número contado, como estavam no envio. Nunca muda; só chaves, sem nada do que dizem."""

    envio = models.ForeignKey(Envio, on_delete=models.PROTECT, related_name="lastros")
    abrangencia = models.CharField("município", max_length=7)
    item = models.CharField(max_length=12)
    tabela = models.CharField(max_length=80)
    chaves = models.JSONField(default=list)

    class Meta:
        verbose_name = "lastro de um número"
        verbose_name_plural = "lastros dos números"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("envio", "item"), name="lastro_um_por_item"),
        ]

    def __str__(self) -> str:
        return f"lastro de {self.item}"


class Transcricao(models.Model):
    """O que já se digitou no sistema federal de um envio: as células marcadas, por quem as digita."""

    envio = models.OneToOneField(Envio, on_delete=models.PROTECT, related_name="transcricao")
    abrangencia = models.CharField("município", max_length=7)
    digitadas = models.JSONField("já digitadas", default=list)
    mudada_em = models.DateTimeField("mudada em")

    class Meta:
        verbose_name = "transcrição"
        verbose_name_plural = "transcrições"

    def __str__(self) -> str:
        return f"{len(self.digitadas)} números já digitados"


class Comprovante(models.Model):
    """A prova de que um envio foi digitado no sistema federal: dia, protocolo, imagem e quem digitou. Nunca muda."""

    envio = models.ForeignKey(Envio, on_delete=models.PROTECT, related_name="comprovantes")
    abrangencia = models.CharField("município", max_length=7)
    dia = models.DateField("dia em que se digitou")
    protocolo = models.CharField("número ou código que o sistema deu", max_length=60, blank=True)
    documento = models.ForeignKey(
        "documentos.Documento", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    em = models.DateTimeField("guardado em")
    pessoa = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem digitou"
    )

    class Meta:
        verbose_name = "comprovante do sistema federal"
        verbose_name_plural = "comprovantes do sistema federal"
        ordering = ("-em", "-id")

    def __str__(self) -> str:
        return f"comprovante de {self.dia:%d/%m/%Y}"


class Resposta(models.Model):
    """O que a vigilância municipal respondeu a um envio: aprovou, ou devolveu dizendo o que corrigir. Nunca muda."""

    class Tipo(models.TextChoices):
        APROVAR = "aprovar", "aprovou"
        DEVOLVER = "devolver", "devolveu"

    envio = models.OneToOneField(Envio, on_delete=models.PROTECT, related_name="resposta")
    abrangencia = models.CharField("município", max_length=7)
    tipo = models.CharField(max_length=10, choices=Tipo.choices)
    motivo = models.CharField("o que corrigir", max_length=500, blank=True)
    em = models.DateTimeField("respondido em")
    pessoa = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem respondeu"
    )

    class Meta:
        verbose_name = "resposta"
        ordering = ("-em", "-id")

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} em {self.em:%d/%m/%Y}"
