"""O pedido de quem quer ver o seu registro."""

from __future__ import annotations

from django import forms

from suas.atendimento.prontuarios import listas


class Entregar(forms.Form):
    """Quem pediu e como se conferiu."""

    quem_pediu = forms.ChoiceField(
        label="Quem pediu",
        choices=listas.QuemPediu.choices,
        widget=forms.RadioSelect,
        help_text="O que é sigiloso só sai quando quem pede é a própria pessoa.",
        error_messages={"required": "Escolha quem pediu.", "invalid_choice": "Escolha uma das opções da lista."},
    )
    conferencia = forms.CharField(
        label="Como se conferiu quem é",
        max_length=300,
        help_text="O documento que mostrou; se responde por outra pessoa, o que o prova.",
        error_messages={"required": "Diga como se conferiu quem pediu: o documento que mostrou."},
    )
