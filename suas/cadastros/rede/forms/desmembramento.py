"""Formulário do desmembramento: a unidade nova, e o que da origem passa a ela."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from suas.cadastros.rede.forms.pedidos import Abertura
from suas.cadastros.rede.reparticao import Escolha
from suas.nucleo.tela.campos import CampoInteiro
from suas.nucleo.tela.filtros import numero

_FICA = ("", "fica com a origem")


class Desmembramento(Abertura):
    """O pedido para desmembrar: os campos da unidade nova, e uma pergunta por coisa que a origem tem."""

    def __init__(self, *args: Any, escolhas: Sequence[Escolha], **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self.escolhas = escolhas
        self.fields["nome"].label = "Nome da unidade nova"
        self.fields["justificativa"].label = "Por que desmembrar"
        self.fields["justificativa"].error_messages["required"] = "Escreva por que se pede o desmembramento."
        for escolha in escolhas:
            self.fields[escolha.campo] = self._campo(escolha)

    @staticmethod
    def _campo(escolha: Escolha) -> forms.Field:
        if escolha.maior is not None:
            return CampoInteiro(
                label=escolha.texto,
                required=False,
                min_value=0,
                max_value=escolha.maior,
                help_text=f"De 0 a {numero(escolha.maior)}, as que a origem tem hoje",
                error_messages={
                    "invalid": "Escreva só um número inteiro, sem letras.",
                    "min_value": "Escreva um número de 0 em diante.",
                    "max_value": f"A origem tem {numero(escolha.maior)}: escreva um número até esse.",
                },
            )
        if len(escolha.modos) == 1:  # passa ou fica: basta marcar
            return forms.BooleanField(label=escolha.texto, required=False)
        return forms.ChoiceField(label=escolha.texto, required=False, choices=[_FICA, *escolha.modos])

    @property
    def da_unidade(self) -> list[forms.BoundField]:
        """Os campos da unidade nova."""
        proprios = {escolha.campo for escolha in self.escolhas}
        return [campo for campo in self.visible_fields() if campo.name not in proprios]

    @property
    def do_que_passa(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Os campos do que passa, por parte."""
        grupos: dict[str, list[forms.BoundField]] = {}
        for escolha in self.escolhas:
            grupos.setdefault(escolha.rotulo, []).append(self[escolha.campo])
        return list(grupos.items())

    def dados(self) -> dict[str, Any]:
        """O que o pedido guarda: os campos da unidade nova e, por parte, o que passa e como."""
        campos = super().dados()
        escolhidas: dict[str, dict[str, str]] = {}
        for escolha in self.escolhas:
            campos.pop(escolha.campo, None)
            if valor := self.cleaned_data[escolha.campo]:
                modo = escolha.modos[0][0] if valor is True else str(valor)
                escolhidas.setdefault(escolha.parte, {})[escolha.chave] = modo
        return campos | {"escolhas": escolhidas}
