"""O que a equipe preenche no Prontuário SUAS: cada gravação de uma ficha é uma versão, e nenhuma se apaga."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

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
