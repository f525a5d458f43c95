"""Pessoas que entram no sistema, seus vínculos e a instalação."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from suas.nucleo.identificador import uuid7
from suas.nucleo.permissoes.papeis import PAPEIS, PAPEIS_DE_VINCULO, Papel


class GerenteDePessoas(BaseUserManager["Pessoa"]):
    def criar(self, *, email: str, nome: str, senha: str | None) -> Pessoa:
        """Cria a pessoa; sem senha, ela não entra até definir uma."""
        pessoa = self.model(email=self.normalize_email(email).lower(), nome=nome.strip())
        pessoa.set_password(senha)
        pessoa.full_clean(exclude=["password"])
        pessoa.save(using=self._db)
        return pessoa


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


class Vinculo(models.Model):
    """Uma pessoa num papel, num território, por um tempo. Age-se por um vínculo de cada vez."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pessoa = models.ForeignKey(Pessoa, on_delete=models.PROTECT, related_name="vinculos")
    papel_codigo = models.CharField(
        "papel", max_length=40, choices=[(papel.codigo, papel.nome) for papel in PAPEIS_DE_VINCULO]
    )
    abrangencia = models.CharField("abrangência", max_length=7, help_text="BR, UF (2 dígitos) ou município (7 dígitos)")
    orgao = models.CharField("órgão", max_length=200, help_text="Como aparece na tela: CMAS de Vitória/ES")
    desde = models.DateField()
    ate = models.DateField(null=True, blank=True, help_text="Primeiro dia em que já não vale; vazio se vale ainda")

    class Meta:
        verbose_name = "vínculo"
        ordering = ("pessoa", "desde", "id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["pessoa", "papel_codigo", "abrangencia"],
                condition=models.Q(ate__isnull=True),
                name="identidade_um_vinculo_aberto_por_papel_e_lugar",
            ),
            models.CheckConstraint(
                condition=models.Q(ate__isnull=True) | models.Q(ate__gt=models.F("desde")),
                name="identidade_vinculo_termina_depois_de_comecar",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.papel.nome}, {self.orgao}"

    @property
    def papel(self) -> Papel:
        return PAPEIS[self.papel_codigo]


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
