"""Indicadores, seus valores por município e ano, e as importações que os trouxeram."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from suas.nucleo.identificador import uuid7


class Indicador(models.Model):
    """O que se mede ou se classifica em cada município."""

    class Tipo(models.TextChoices):
        INTEIRO = "inteiro", "número inteiro"
        DECIMAL = "decimal", "número com casas decimais"
        CATEGORIA = "categoria", "palavra de uma lista"

    class Sentido(models.TextChoices):
        ALTO_PIOR = "alto_pior", "quanto mais alto, pior"
        BAIXO_PIOR = "baixo_pior", "quanto mais baixo, pior"
        NEUTRO = "neutro", "nem alto nem baixo é pior"

    codigo = models.SlugField("código", max_length=60, primary_key=True)
    nome = models.CharField(max_length=120)
    unidade = models.CharField(max_length=40, blank=True)
    descricao = models.TextField("descrição", blank=True)
    base = models.CharField("norma ou definição", max_length=200, blank=True)
    tipo = models.CharField(max_length=10, choices=Tipo.choices)
    sentido = models.CharField(max_length=10, choices=Sentido.choices, default=Sentido.NEUTRO)
    casas = models.PositiveSmallIntegerField("casas decimais", default=0)
    minimo = models.IntegerField("menor valor aceito (vazio aceita negativos)", null=True, blank=True, default=0)
    # pares [palavra, como se lê]: a ordem é a da legenda, e o banco não guarda a ordem de um dicionário
    opcoes = models.JSONField("palavras aceitas", default=list, blank=True)

    class Meta:
        verbose_name = "indicador"
        verbose_name_plural = "indicadores"
        ordering = ("nome",)

    def __str__(self) -> str:
        return self.nome

    @property
    def palavras(self) -> dict[str, str]:
        """As palavras aceitas, na ordem da legenda, e como se lê cada uma."""
        return dict(self.opcoes)

    @property
    def e_numerico(self) -> bool:
        return self.tipo != self.Tipo.CATEGORIA


class Importacao(models.Model):
    """Uma planilha trazida por alguém: o texto que veio, as correções feitas na tela e o que foi aplicado."""

    class Situacao(models.TextChoices):
        RASCUNHO = "rascunho", "em conferência"
        APLICADA = "aplicada", "aplicada"
        DESCARTADA = "descartada", "descartada"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    arquivo = models.CharField("nome do arquivo", max_length=200)
    conteudo = models.BinaryField("o arquivo como veio")
    sha256 = models.CharField(max_length=64)
    ano = models.PositiveSmallIntegerField()
    fonte = models.CharField(max_length=200)
    sintetico = models.BooleanField("dados sintéticos", default=False)
    decimal_com_virgula = models.BooleanField(default=False)
    destinos = models.JSONField("indicador de cada coluna", default=dict)
    correcoes = models.JSONField("células corrigidas na tela", default=dict)
    de_fora = models.JSONField("linhas deixadas de fora", default=list)
    situacao = models.CharField("situação", max_length=10, choices=Situacao.choices, default=Situacao.RASCUNHO)
    resultado = models.JSONField(default=dict)
    abrangencia = models.CharField("abrangência de quem trouxe", max_length=7)
    por = models.ForeignKey("identidade.Pessoa", on_delete=models.PROTECT, related_name="+")
    criada_em = models.DateTimeField()
    aplicada_em = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "importação"
        verbose_name_plural = "importações"
        ordering = ("-criada_em",)

    def __str__(self) -> str:
        return f"{self.arquivo} ({self.ano})"


class Valor(models.Model):
    """O valor de um indicador num município e ano. `valor` é texto exato: número com ponto decimal, ou palavra."""

    indicador = models.ForeignKey(Indicador, on_delete=models.PROTECT, related_name="valores")
    municipio = models.ForeignKey("territorio.Municipio", on_delete=models.PROTECT, related_name="indicadores")
    ano = models.PositiveSmallIntegerField()
    valor = models.CharField(max_length=40)
    fonte = models.CharField(max_length=200)
    sintetico = models.BooleanField("dado sintético", default=False)
    importacao = models.ForeignKey(Importacao, on_delete=models.PROTECT, null=True, blank=True, related_name="valores")

    class Meta:
        verbose_name = "valor"
        verbose_name_plural = "valores"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("indicador", "ano", "municipio"), name="valor_um_por_municipio_e_ano"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=("indicador", "ano"), condition=models.Q(sintetico=True), name="valor_sintetico_por_ano"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicador_id} de {self.municipio_id} em {self.ano}: {self.valor}"


def campos_do_catalogo(item: dict[str, Any]) -> dict[str, Any]:
    """Os campos de `Indicador` a partir de uma linha do catálogo."""
    return {
        "nome": item["nome"],
        "unidade": item["unidade"],
        "descricao": item["descricao"],
        "base": item["base"],
        "tipo": item["tipo"],
        "sentido": item["sentido"],
        "casas": item.get("casas", 0),
        "minimo": None if item.get("negativo") else item.get("minimo", 0),
        "opcoes": [[palavra, rotulo] for palavra, rotulo in item.get("opcoes", {}).items()],
    }
