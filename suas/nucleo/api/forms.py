"""O formulário da chave nova."""

from __future__ import annotations

from django import forms

from suas.nucleo.api.acoes import VALIDADES


class NovaChave(forms.Form):
    """Para que serve, o que pode e por quanto tempo."""

    nome = forms.CharField(
        label="Para que serve",
        max_length=80,
        help_text="O programa que vai usar a chave, como “Painel da vigilância”.",
        error_messages={
            "required": "Diga para que serve a chave, como “Painel da vigilância”.",
            "max_length": "O nome passa de 80 letras. Encurte.",
        },
    )
    permite = forms.ChoiceField(
        label="O que o programa pode",
        choices=[("ler", "Só ler"), ("escrever", "Ler e escrever o que o seu vínculo escreve")],
        initial="ler",
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha se o programa só lê ou também escreve."},
    )
    dias = forms.TypedChoiceField(
        label="Vale por",
        coerce=int,
        choices=[(dias, f"{dias} dias") for dias in VALIDADES],
        initial=90,
        help_text="Depois disso ela deixa de valer e você cria outra.",
        error_messages={"required": "Escolha por quanto tempo a chave vale."},
    )
