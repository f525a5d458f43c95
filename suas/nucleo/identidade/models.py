"""Pessoas que entram no sistema, seus vínculos, os convites que os criam e a instalação."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from suas.nucleo.identidade import lugares
from suas.nucleo.identificador import uuid7
from suas.nucleo.permissoes.papeis import AREAS, PAPEIS, PAPEIS_DE_VINCULO, TITULARES, Papel


class GerenteDePessoas(BaseUserManager["Pessoa"]):
    def criar(self, *, email: str, nome: str, senha: str | None, codificada: str = "") -> Pessoa:
        """Cria a pessoa; sem senha, ela não entra até definir uma. `codificada` é a senha já codificada."""
        pessoa = self.model(email=self.normalize_email(email).lower(), nome=nome.strip(), password=codificada)
        if not codificada:
            pessoa.set_password(senha)
        pessoa.full_clean(exclude=["password"])
        pessoa.save(using=self._db)
        return pessoa


#: O domínio, que não existe, do endereço que fica no lugar do e-mail de quem foi apagado.
DOMINIO_DE_APAGADA = "@apagada.invalid"


class Pessoa(AbstractBaseUser):
    """Quem entra no sistema. O que pode fazer está nos vínculos, nunca aqui."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField("e-mail", unique=True)
    nome = models.CharField("nome", max_length=150)
    is_active = models.BooleanField("pode entrar", default=True)
    de_demonstracao = models.BooleanField("criada pela demonstração", default=False)
    criada_em = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["nome"]
    objects = GerenteDePessoas()

    class Meta:
        verbose_name = "pessoa"
        ordering = ("nome",)

    def __str__(self) -> str:
        return self.nome

    @property
    def email_escrito(self) -> str:
        """O e-mail; vazio na pessoa apagada, cujo endereço só serve ao banco."""
        return "" if self.email.endswith(DOMINIO_DE_APAGADA) else self.email


class Nomeacao(models.Model):
    """O que todo vínculo diz: o papel, onde, de que órgão e por que ato de nomeação."""

    papel_codigo = models.CharField(
        "papel", max_length=40, choices=[(papel.codigo, papel.nome) for papel in PAPEIS_DE_VINCULO]
    )
    abrangencia = models.CharField(
        "abrangência", max_length=7, db_index=True, help_text="BR, UF (2 dígitos) ou município (7 dígitos)"
    )
    area = models.CharField("área", max_length=10, blank=True, choices=list(AREAS.items()))
    orgao = models.CharField("órgão", max_length=200, help_text="Como aparece na tela: CMAS de Vitória/ES")
    unidade = models.UUIDField(
        "unidade ou entidade",
        null=True,
        blank=True,
        help_text="A do cadastro da rede ou das entidades, que são de um andar de cima; vazio se o órgão só tem nome",
    )
    ato_numero = models.CharField("ato de nomeação", max_length=120, blank=True)
    ato_dia = models.DateField("data do ato de nomeação", null=True, blank=True)
    ato_documento = models.ForeignKey(
        "documentos.Documento", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    desde = models.DateField()
    ate = models.DateField(null=True, blank=True, help_text="Primeiro dia em que já não vale; vazio se vale ainda")

    class Meta:
        abstract = True

    @property
    def papel(self) -> Papel:
        return PAPEIS[self.papel_codigo]

    @property
    def ultimo_dia(self) -> date | None:
        """O último dia em que vale; nada, se não tem fim ou não chegou a valer. A tabela guarda o seguinte."""
        return self.ate - timedelta(days=1) if self.ate is not None and self.ate > self.desde else None

    @property
    def onde(self) -> str:
        """O órgão e, se ele não o diz, o território: “CRAS Centro, Vitória/ES”."""
        return self.orgao if self.lugar in self.orgao else f"{self.orgao}, {self.lugar}"

    @property
    def em_frase(self) -> str:
        """O papel, a área, o órgão e o território."""
        area = f", {self.area.upper()}" if self.area else ""
        return f"{self.papel.nome}{area}, {self.onde}"

    @property
    def lugar(self) -> str:
        """O território em palavras: “Vitória/ES”."""
        return lugares.nome(self.abrangencia)


class Vinculo(Nomeacao):
    """Uma pessoa num papel, num território, por um tempo. Age-se por um vínculo de cada vez.

    Titular é um só: o gatilho de `apps.py` recusa dois mandatos que se cruzem, ainda que um tenha fim marcado.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pessoa = models.ForeignKey(Pessoa, on_delete=models.PROTECT, related_name="vinculos")
    delegado_por = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="delegados", verbose_name="delegado por"
    )

    class Meta:
        verbose_name = "vínculo"
        ordering = ("pessoa", "desde", "id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["pessoa", "papel_codigo", "abrangencia"],
                condition=models.Q(ate__isnull=True, unidade__isnull=True),
                name="identidade_um_vinculo_aberto_por_papel_e_lugar",
            ),
            models.UniqueConstraint(
                fields=["pessoa", "papel_codigo", "unidade"],
                condition=models.Q(ate__isnull=True, unidade__isnull=False),
                name="identidade_um_vinculo_aberto_por_papel_e_unidade",
            ),
            models.UniqueConstraint(
                fields=["papel_codigo", "abrangencia"],
                condition=models.Q(ate__isnull=True, papel_codigo__in=TITULARES),
                name="identidade_um_so_titular_por_lugar",
            ),
            models.CheckConstraint(
                # igual: o vínculo que não chegou a valer, encerrado no dia em que começaria
                condition=models.Q(ate__isnull=True) | models.Q(ate__gte=models.F("desde")),
                name="identidade_vinculo_nao_termina_antes_de_comecar",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.papel.nome}, {self.orgao}"


class Convite(Nomeacao):
    """A nomeação à espera de quem foi nomeado. Do endereço secreto só se guarda o resumo."""

    class Estado(models.TextChoices):
        ABERTO = "aberto", "à espera"
        ACEITO = "aceito", "aceito"
        RECUSADO = "recusado", "recusado"
        CANCELADO = "cancelado", "cancelado"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField("e-mail")
    nome = models.CharField("nome", max_length=150, blank=True, help_text="Sugerido a quem aceita, que o confirma")
    resumo = models.CharField(max_length=64, unique=True, help_text="SHA-256 do que vai no endereço")
    estado = models.CharField(max_length=10, choices=Estado.choices, default=Estado.ABERTO)
    criado_em = models.DateTimeField()
    valido_ate = models.DateTimeField()
    respondido_em = models.DateTimeField(null=True, blank=True)
    por_vinculo = models.ForeignKey(
        Vinculo,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="convites",
        help_text="Vazio: quem opera o servidor",
    )
    vinculo = models.OneToOneField(Vinculo, on_delete=models.PROTECT, null=True, blank=True, related_name="convite")

    class Meta:
        verbose_name = "convite"
        ordering = ("-criado_em", "id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["email", "papel_codigo", "abrangencia"],
                condition=models.Q(estado="aberto", unidade__isnull=True),
                name="identidade_um_convite_aberto_por_papel_e_lugar",
            ),
            models.UniqueConstraint(
                fields=["email", "papel_codigo", "unidade"],
                condition=models.Q(estado="aberto", unidade__isnull=False),
                name="identidade_um_convite_aberto_por_papel_e_unidade",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.papel.nome}, {self.orgao}"


class Passagem(models.Model):
    """A troca de quem é titular: quem sai, quem entra, em que dia, e o que se decidiu de cada delegação."""

    class Estado(models.TextChoices):
        ESPERA = "espera", "à espera do aceite"
        FEITA = "feita", "feita"
        DESFEITA = "desfeita", "desfeita"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sai = models.ForeignKey(Vinculo, on_delete=models.PROTECT, related_name="passagens")
    entra = models.OneToOneField(Vinculo, on_delete=models.PROTECT, null=True, blank=True, related_name="passagem")
    convite = models.OneToOneField(Convite, on_delete=models.SET_NULL, null=True, blank=True, related_name="passagem")
    dia = models.DateField()
    fica_vaga = models.BooleanField("a titularidade fica vaga até o aceite", default=False)
    encerra = models.JSONField("vínculos delegados e convites que terminam com a passagem", default=list)
    estado = models.CharField(max_length=10, choices=Estado.choices)
    motivo = models.CharField(max_length=500, blank=True)
    criada_em = models.DateTimeField()

    class Meta:
        verbose_name = "passagem da titularidade"
        verbose_name_plural = "passagens da titularidade"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["sai"], condition=models.Q(estado="espera"), name="identidade_uma_passagem_por_vez"
            )
        ]

    def __str__(self) -> str:
        return f"Passagem de {self.sai}"


class Instalacao(models.Model):
    """De quem é esta instalação: uma linha só."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    orgao = models.CharField("órgão", max_length=200)
    abrangencia = models.CharField("abrangência", max_length=7)
    demonstracao = models.BooleanField("é demonstração", default=False)
    oficial = models.BooleanField("é o sistema oficial do órgão", default=False)
    criada_em = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "instalação"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="identidade_uma_so_instalacao")
        ]

    def __str__(self) -> str:
        return self.orgao
