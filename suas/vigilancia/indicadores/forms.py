"""Formulários dos indicadores: conferem forma; a regra está nas ações."""

from __future__ import annotations

from typing import Any

from django import forms

from suas.cadastros.territorio.planilha import COLUNAS_DE_CODIGO, COLUNAS_DE_POPULACAO, nome_de_coluna
from suas.nucleo.planilhas.leitura import Planilha, PlanilhaIlegivel
from suas.nucleo.planilhas.pastas import ler_planilha
from suas.vigilancia.indicadores.models import Indicador

PRIMEIRO_ANO, ULTIMO_ANO = 1990, 2100
CODIGOS_RESERVADOS = frozenset(
    {"porte", "ano", "novo", "importar", "digitar", *COLUNAS_DE_CODIGO, *COLUNAS_DE_POPULACAO}
)
AJUDA_DO_ANO = "O ano a que os valores se referem, com quatro algarismos"


def _ano(**opcoes: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label="Ano dos dados",
        min_value=PRIMEIRO_ANO,
        max_value=ULTIMO_ANO,
        localize=False,
        help_text=AJUDA_DO_ANO,
        error_messages={
            "required": "Informe o ano a que os valores se referem, como 2022.",
            "invalid": "Escreva o ano com quatro algarismos, como 2022.",
            "min_value": f"Escreva um ano de {PRIMEIRO_ANO} em diante.",
            "max_value": f"Escreva um ano até {ULTIMO_ANO}.",
        },
        **opcoes,
    )


def _fonte() -> forms.CharField:
    return forms.CharField(
        label="Fonte",
        max_length=200,
        help_text="Quem publicou e o quê, como “Siconfi, Declaração de Contas Anuais”",
        error_messages={"required": "Informe a fonte: quem lê a memória da partilha precisa saber de onde veio."},
    )


class EnviarPlanilha(forms.Form):
    """O arquivo e o que vale para todos os valores dele."""

    arquivo = forms.FileField(
        label="Planilha",
        help_text=(
            "CSV, Excel (.xlsx) ou LibreOffice (.ods): uma linha por município, com o código do IBGE ou o nome, e uma "
            "coluna por indicador"
        ),
        error_messages={
            "required": "Escolha o arquivo da planilha.",
            "empty": "O arquivo está vazio. Confira e escolha de novo.",
        },
    )
    ano = _ano()
    fonte = _fonte()
    sintetico = forms.BooleanField(label="Os dados são sintéticos (demonstração ou treino)", required=False)

    planilha: Planilha
    conteudo: bytes

    def clean_arquivo(self) -> Any:
        """Lê o arquivo na hora: o que não é tabela volta com o motivo."""
        arquivo = self.cleaned_data["arquivo"]
        self.conteudo = arquivo.read()
        try:
            self.planilha = ler_planilha(self.conteudo)
        except PlanilhaIlegivel as erro:
            raise forms.ValidationError(str(erro)) from erro
        if not self.planilha.linhas:
            raise forms.ValidationError("A planilha só tem o cabeçalho. Confira se os dados foram salvos junto.")
        return arquivo


class DigitarValor(forms.Form):
    """O valor de um indicador para um município."""

    indicador = forms.ModelChoiceField(
        label="Indicador",
        queryset=Indicador.objects.all(),
        empty_label="Escolha",
        error_messages={"required": "Escolha o indicador."},
    )
    ano = _ano()
    valor = forms.CharField(
        label="Valor",
        max_length=40,
        help_text="Número com vírgula decimal, como 1.234,56; ou uma das palavras do indicador",
        error_messages={"required": "Informe o valor."},
    )
    fonte = _fonte()
    motivo = forms.CharField(
        label="Por que foi digitado",
        max_length=200,
        help_text="Como “corrige o valor publicado, conforme o ofício 12/2026”",
        error_messages={"required": "Diga por que o valor foi digitado: a trilha guarda."},
    )


class DefinirIndicador(forms.ModelForm):
    """Um indicador próprio, como o complementar escolhido por uma CIB."""

    codigo = forms.SlugField(
        label="Nome da coluna na planilha",
        max_length=60,
        required=False,
        help_text="Como mortalidade_na_infancia. Vazio, é feito do nome do indicador",
        error_messages={
            "invalid": "Use só letras sem acento, algarismos e sublinhado, como mortalidade_na_infancia.",
        },
    )
    tipo = forms.ChoiceField(
        label="Tipo", choices=[c for c in Indicador.Tipo.choices if c[0] != Indicador.Tipo.CATEGORIA]
    )
    aceita_negativos = forms.BooleanField(label="Aceita valores abaixo de zero (como um crescimento)", required=False)

    class Meta:
        model = Indicador
        fields = ("nome", "codigo", "unidade", "descricao", "base", "tipo", "sentido")
        labels = {"descricao": "O que mede", "base": "Norma ou definição", "sentido": "Direção"}  # noqa: RUF012
        help_texts = {"unidade": "Como “%” ou “por mil nascidos vivos”"}  # noqa: RUF012

    def clean_codigo(self) -> str:
        """Código minúsculo, livre e que não é o de uma camada do território; sem um, sai do nome."""
        codigo = nome_de_coluna(self.cleaned_data["codigo"] or self.cleaned_data.get("nome", ""))[:60]
        if not codigo and "nome" in self.cleaned_data:
            raise forms.ValidationError("Escreva um nome de coluna com letras ou algarismos, como evasao_escolar.")
        if codigo in CODIGOS_RESERVADOS:
            raise forms.ValidationError(f"“{codigo}” já tem outro uso na planilha. Escolha outro nome de coluna.")
        if Indicador.objects.filter(pk=codigo).exists():
            raise forms.ValidationError(f"Já existe um indicador com a coluna {codigo}. Escolha outro nome.")
        return codigo

    def campos(self) -> dict[str, Any]:
        """O que a ação grava."""
        dados = dict(self.cleaned_data)
        dados["minimo"] = None if dados.pop("aceita_negativos") else 0
        return dados
