"""Os formulários da busca ativa."""

from __future__ import annotations

from django import forms

from suas.atendimento.territorial import listas
from suas.atendimento.territorial.acoes import Achado
from suas.nucleo.identidade.forms.acessos import CampoDia

ANOS = (2000, 2100)


class Abrir(forms.Form):
    """Uma lista de famílias a procurar."""

    nome = forms.CharField(
        label="Nome da lista",
        max_length=120,
        help_text="Como Cadastro Único de novembro.",
        error_messages={"required": "Dê um nome à lista."},
    )
    motivo = forms.ChoiceField(
        label="Por que se procura",
        choices=listas.Motivo.choices,
        widget=forms.RadioSelect,
        help_text="Menos no pedido, a lista já traz quem o registro e o último extrato do Cadastro Único apontam.",
        error_messages={"required": "Escolha por que se procura."},
    )


class Incluir(forms.Form):
    """O que convém saber antes de ir."""

    observacao = forms.CharField(label="O que convém saber", max_length=300, required=False)


class Resultado(forms.Form):
    """No que deu a ida."""

    chave = forms.UUIDField(widget=forms.HiddenInput)
    resultado = forms.ChoiceField(
        label="No que deu",
        choices=listas.Resultado.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha no que deu."},
    )
    visita = forms.BooleanField(
        label="Foi visita à casa da família",
        required=False,
        help_text="Encontrada a família, a visita já fica anotada no prontuário e conta no mês.",
    )
    dia = CampoDia(label="Dia", anos=ANOS)
    texto = forms.CharField(
        label="Em palavras", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def achado(self) -> Achado:
        """Depois de `is_valid()`."""
        return Achado(**self.cleaned_data)
