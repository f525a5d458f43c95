"""O pedido do titular, a resposta e a confirmação do apagamento."""

from __future__ import annotations

from django import forms

from suas.nucleo.dados_pessoais.models import Tipo


class Pedir(forms.Form):
    tipo = forms.ChoiceField(label="O que você pede", choices=Tipo.choices, widget=forms.RadioSelect)
    texto = forms.CharField(
        label="Conte o que precisa mudar ou sair",
        help_text="Por exemplo: “meu nome está sem o sobrenome do meio”. Quem responde lê este texto.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Conte o que precisa mudar ou sair; uma frase basta."},
    )


class Responder(forms.Form):
    atendido = forms.TypedChoiceField(
        label="O que se fez",
        choices=[("sim", "o pedido foi atendido"), ("nao", "o pedido não foi atendido")],
        coerce=lambda valor: valor == "sim",
        widget=forms.RadioSelect,
        error_messages={"required": "Diga se o pedido foi atendido."},
    )
    resposta = forms.CharField(
        label="Resposta a quem pediu",
        help_text="Em palavras simples: o que mudou, ou por que não muda e a quem recorrer.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Escreva a resposta que a pessoa vai ler."},
    )


class Apagar(forms.Form):
    motivo = forms.CharField(
        label="Por que se apaga",
        help_text="Como “pedido da própria pessoa em 22/11/2026”. Fica na trilha, sem o nome dela.",
        max_length=300,
        error_messages={"required": "Diga por que se apaga: o motivo fica na trilha."},
    )
    confirmo = forms.BooleanField(
        label="Li o que sai e o que fica, e sei que não tem volta",
        error_messages={"required": "Marque que leu o que sai e o que fica: o apagamento não tem volta."},
    )
