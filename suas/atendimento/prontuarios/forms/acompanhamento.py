"""Os formulários do acompanhamento (bloco 14): inserção, desligamento, avaliação, plano e revisão."""

from __future__ import annotations

from typing import Any

from django import forms

from suas.atendimento.prontuarios import listas
from suas.atendimento.prontuarios.acoes.acompanhamento import Avaliada, Entrada, Saida
from suas.atendimento.prontuarios.acoes.plano import NovaAcao, NovaRevisao
from suas.nucleo.identidade.forms.acessos import CampoDia

ANOS = (1990, 2100)
DA_LISTA = "Escolha uma das opções da lista."


def escolha(rotulo: str, opcoes: Any, *, falta: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=rotulo,
        choices=opcoes,
        widget=forms.RadioSelect,
        error_messages={"required": falta, "invalid_choice": DA_LISTA},
    )


def texto(rotulo: str, *, maximo: int, linhas: int = 3, **mais: Any) -> forms.CharField:
    return forms.CharField(
        label=rotulo, max_length=maximo, required=False, widget=forms.Textarea(attrs={"rows": linhas}), **mais
    )


class Inserir(forms.Form):
    """A entrada no acompanhamento, com o perfil que o registro do mês pede."""

    dia = CampoDia(label="Inserida em", anos=ANOS)
    perfil = forms.MultipleChoiceField(
        label="Perfil da família na entrada",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nas palavras do registro mensal (seção B). Vários, ou nenhum.",
        error_messages={"invalid_choice": "Escolha entre os perfis da lista."},
    )
    motivo = texto("Por que se acompanha", maximo=2000)

    def __init__(self, *args: Any, perfis: dict[str, str], **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self.fields["perfil"].choices = [(codigo, f"{codigo} {rotulo}") for codigo, rotulo in perfis.items()]

    def entrada(self) -> Entrada:
        """Depois de `is_valid()`."""
        limpos = self.cleaned_data
        return Entrada(dia=limpos["dia"], perfil=sorted(limpos["perfil"]), motivo=limpos["motivo"])


class Desligar(forms.Form):
    """A saída do acompanhamento, com a razão do formulário."""

    dia = CampoDia(label="Desligada em", anos=ANOS)
    razao = escolha("Razão do desligamento", listas.Razao.choices, falta="Escolha a razão do desligamento.")
    motivo = texto("Em palavras", maximo=500)

    def saida(self) -> Saida:
        """Depois de `is_valid()`."""
        return Saida(**self.cleaned_data)


class Avaliar(forms.Form):
    """A avaliação do acompanhamento."""

    dia = CampoDia(label="Avaliada em", anos=ANOS)
    ofertas = escolha(
        "As ofertas da assistência social de que a família precisava estiveram disponíveis",
        listas.Ofertas.choices,
        falta="Diga se as ofertas estiveram disponíveis.",
    )
    outras_politicas = escolha(
        "As outras políticas responderam",
        listas.OutrasPoliticas.choices,
        falta="Diga se as outras políticas responderam.",
    )
    reconhece = escolha(
        "A família reconhece o serviço e quer continuar",
        [("sim", "Sim"), ("nao", "Não")],
        falta="Diga se a família quer continuar.",
    )
    resultado = escolha("Resultado", listas.Resultado.choices, falta="Escolha o resultado.")
    texto = texto("Em palavras", maximo=4000)

    def avaliada(self) -> Avaliada:
        """Depois de `is_valid()`."""
        return Avaliada(**self.cleaned_data | {"reconhece": self.cleaned_data["reconhece"] == "sim"})


class AbrirPlano(forms.Form):
    """O plano da família ou, escolhida uma pessoa, o individual."""

    pessoa = forms.ChoiceField(
        label="De quem é o plano", required=False, error_messages={"invalid_choice": "Escolha alguém da família."}
    )
    dia = CampoDia(label="Feito em", anos=ANOS)
    rever_ate = CampoDia(label="Rever até", anos=ANOS, required=False)

    def __init__(self, *args: Any, pessoas: dict[str, str], **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self.fields["pessoa"].choices = [
            ("", "Da família inteira (PAF)"),
            *((chave, f"Individual, de {nome} (PIA)") for chave, nome in pessoas.items()),
        ]


class PorObjetivo(forms.Form):
    """Mais um objetivo."""

    texto = forms.CharField(label="Objetivo", max_length=500, error_messages={"required": "Escreva o objetivo."})


class PorAcao(forms.Form):
    """Mais uma ação de um objetivo."""

    texto = forms.CharField(
        label="O que se combinou fazer", max_length=500, error_messages={"required": "Escreva o que se combinou fazer."}
    )
    responsavel = forms.CharField(
        label="Quem faz",
        max_length=150,
        help_text="Alguém da família, a equipe ou outro serviço.",
        error_messages={"required": "Diga quem faz: alguém da família, a equipe ou outro serviço."},
    )
    prazo = CampoDia(label="Até quando", anos=ANOS, required=False)

    def nova(self) -> NovaAcao:
        """Depois de `is_valid()`."""
        return NovaAcao(**self.cleaned_data)


class Rever(forms.Form):
    """O que se viu ao rever, e quando se revê de novo."""

    texto = forms.CharField(
        label="O que se viu",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="A evolução desde a última vez: o que andou, o que não andou, o que muda.",
        error_messages={"required": "Escreva o que se viu ao rever o plano."},
    )
    dia = CampoDia(label="Revisto em", anos=ANOS)
    proxima = CampoDia(label="Rever de novo até", anos=ANOS, required=False)

    def nova(self) -> NovaRevisao:
        """Depois de `is_valid()`."""
        return NovaRevisao(**self.cleaned_data)
