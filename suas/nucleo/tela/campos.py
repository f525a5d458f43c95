"""Campos de formulário que leem como as pessoas daqui escrevem."""

from __future__ import annotations

import re
from typing import Any

from django import forms

_COM_MILHARES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+")
_SO_ALGARISMOS = re.compile(r"[+-]?[0-9]+")


class CampoInteiro(forms.IntegerField):
    """Um número inteiro: “5.000” é cinco mil, “5000” também, e “5,5” se recusa.

    O campo do Django lê o ponto como decimal e joga fora os zeros que vêm depois: “5.000” virava 5 sem avisar.
    """

    def __init__(self, **opcoes: Any) -> None:
        opcoes.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**opcoes)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = re.sub(r"\s", "", value)
            if _COM_MILHARES.fullmatch(value):
                value = value.replace(".", "")
            elif value and not _SO_ALGARISMOS.fullmatch(value):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        lido: int | None = super().to_python(value)
        return lido
