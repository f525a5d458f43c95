"""Avisos a pessoas, as mensagens de correio que os levam, o que cada pessoa prefere e o texto local dos modelos."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from suas.nucleo.avisos import modelos
from suas.nucleo.identificador import uuid7


class Forma(models.TextChoices):
    """Como um aviso chega, além de aparecer no sistema."""

    NA_HORA = "na_hora", "no sistema e por correio, na hora"
    RESUMO = "resumo", "no sistema e num resumo diário por correio"
    SO_PRODUTO = "so_produto", "só no sistema"


class Estado(models.TextChoices):
    """Em que pé está uma mensagem, para o seu destinatário."""

    NA_FILA = "na_fila", "na fila"
    ENVIANDO = "enviando", "sendo enviada"
    ENVIADA = "enviada", "enviada"
    GUARDADA = "guardada", "guardada no sistema"
    RECUSADA = "recusada", "recusada"
    DEVOLVIDA = "devolvida", "devolvida"
    INCERTA = "incerta", "entrega incerta"
    SUPRIMIDA = "suprimida", "não enviada"


#: O que fica no lugar do endereço que só servia a quem recebeu.
RETIRADO = "[endereço retirado]"


class Mensagem(models.Model):
    """Uma mensagem de correio a um endereço. `resposta` diz em palavras o que houve na última tentativa."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    titular = models.UUIDField("de quem são os dados", db_index=True)
    pessoa = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", verbose_name="pessoa"
    )
    email = models.EmailField("para")
    assunto = models.CharField(max_length=200)
    corpo = models.TextField()
    reservada = models.BooleanField(default=False)
    estado = models.CharField(max_length=10, choices=Estado.choices, default=Estado.NA_FILA)
    resposta = models.TextField(blank=True)
    tentativas = models.PositiveSmallIntegerField(default=0)
    nao_antes_de = models.DateTimeField(null=True, help_text="Vazio: não se tenta mais sozinha")
    enfileirada_em = models.DateTimeField(null=True)
    talvez_repetida = models.BooleanField(default=False)
    criada_em = models.DateTimeField()
    tentada_em = models.DateTimeField(null=True)
    enviada_em = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "mensagem"
        verbose_name_plural = "mensagens"
        ordering = ("-criada_em", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["estado", "nao_antes_de"], name="avisos_mensagem_a_enviar"),
            models.Index(fields=["-criada_em", "-id"], name="avisos_mensagem_recentes"),
        ]

    def __str__(self) -> str:
        return f"{self.assunto}: {self.get_estado_display()}"

    @property
    def corpo_sem_enderecos(self) -> str:
        """O corpo sem as linhas de endereço que só servem a quem recebe."""
        return "\n".join(RETIRADO if "://" in linha else linha for linha in self.corpo.splitlines())

    @property
    def pode_ir_de_novo(self) -> bool:
        """Parou sem chegar, ou não se sabe se chegou; e não há outra tentativa marcada."""
        return self.estado not in {Estado.ENVIADA, Estado.ENVIANDO} and self.nao_antes_de is None


class Aviso(models.Model):
    """O que se disse a alguém, uma vez por causa. `destinatario` é a pessoa, ou o que identifica o e-mail sem conta."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    modelo = models.CharField(max_length=60)
    causa = models.CharField(max_length=200)
    destinatario = models.UUIDField()
    pessoa = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", verbose_name="pessoa"
    )
    titulo = models.CharField(max_length=200)
    texto = models.TextField()
    endereco = models.CharField(max_length=300, blank=True)
    forma = models.CharField(max_length=10, choices=Forma.choices)
    mensagem = models.ForeignKey(Mensagem, null=True, on_delete=models.SET_NULL, related_name="avisos")
    criado_em = models.DateTimeField()
    lido_em = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "aviso"
        ordering = ("-criado_em", "-id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["modelo", "causa", "destinatario"], name="avisos_um_aviso_por_causa")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["pessoa", "-criado_em"], name="avisos_da_pessoa"),
            models.Index(fields=["pessoa"], condition=Q(lido_em__isnull=True), name="avisos_por_ler"),
            models.Index(
                fields=["pessoa"], condition=Q(forma="resumo", mensagem__isnull=True), name="avisos_para_o_resumo"
            ),
        ]

    def __str__(self) -> str:
        return self.titulo

    @property
    def tipo(self) -> modelos.Tipo:
        return modelos.TIPOS[modelos.obter(self.modelo).tipo]


class Preferencia(models.Model):
    """Como uma pessoa quer receber um tipo de aviso; sem linha, vale o padrão do tipo."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pessoa = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tipo = models.CharField(max_length=20)
    forma = models.CharField(max_length=10, choices=Forma.choices)

    class Meta:
        verbose_name = "preferência de aviso"
        verbose_name_plural = "preferências de aviso"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["pessoa", "tipo"], name="avisos_uma_preferencia_por_tipo")
        ]

    def __str__(self) -> str:
        return f"{modelos.TIPOS[self.tipo].nome}: {self.get_forma_display()}"


class Silencio(models.Model):
    """As horas em que o correio de uma pessoa espera (Brasília); `de` igual a `ate` é nunca. Sem linha, as da casa."""

    pessoa = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    de = models.TimeField()
    ate = models.TimeField()

    class Meta:
        verbose_name = "horas de silêncio"
        verbose_name_plural = "horas de silêncio"

    def __str__(self) -> str:
        return f"das {self.de:%H:%M} às {self.ate:%H:%M}"


class EnderecoDevolvido(models.Model):
    """Endereço a que o correio não chega, de forma definitiva; enquanto estiver aqui, não recebe."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    titular = models.UUIDField("de quem são os dados", db_index=True)
    email = models.EmailField("endereço", unique=True)
    motivo = models.TextField()
    desde = models.DateTimeField()

    class Meta:
        verbose_name = "endereço devolvido"
        verbose_name_plural = "endereços devolvidos"

    def __str__(self) -> str:
        return self.email


class TextoLocal(models.Model):
    """Uma versão do texto de um modelo nesta instalação; vale a maior. A que volta ao original o diz."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    modelo = models.CharField(max_length=60)
    versao = models.PositiveIntegerField()
    assunto = models.CharField(max_length=200)
    corpo = models.TextField()
    original = models.BooleanField(default=False)
    criado_em = models.DateTimeField()

    class Meta:
        verbose_name = "texto local de aviso"
        verbose_name_plural = "textos locais de aviso"
        ordering = ("modelo", "-versao")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["modelo", "versao"], name="avisos_uma_versao_por_texto")
        ]

    def __str__(self) -> str:
        return f"{self.modelo}, versão {self.versao}"
