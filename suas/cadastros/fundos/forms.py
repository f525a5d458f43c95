"""Os formulários do cadastro de fundos: conferem forma; a regra está nas ações."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from suas.cadastros.fundos.acoes import NovaConta
from suas.cadastros.fundos.models import Fundo, Responsavel
from suas.cadastros.orgaos.forms import SIM_NAO, CriadoPorLei, DarPosse, EncerrarMandato, dia


class Registro(CriadoPorLei):
    """O registro do fundo."""

    unidade_orcamentaria = forms.ChoiceField(
        label="É unidade orçamentária própria",
        required=False,
        choices=SIM_NAO,
        help_text="O orçamento tem o fundo como unidade, com as despesas dele",
    )
    codigo_orcamentario = forms.CharField(
        label="Código da unidade orçamentária", required=False, max_length=20, help_text="Como está na lei orçamentária"
    )

    def __init__(self, *args: Any, fundo: Fundo | None = None, **kwargs: Any) -> None:
        if fundo is not None:
            propria = {True: "sim", False: "nao"}.get(fundo.unidade_orcamentaria, "")
            kwargs.setdefault(
                "initial",
                {
                    **self.iniciais_do_ente(fundo),
                    "unidade_orcamentaria": propria,
                    "codigo_orcamentario": fundo.codigo_orcamentario,
                },
            )
        super().__init__(*args, **kwargs)

    def clean_unidade_orcamentaria(self) -> bool | None:
        return {"sim": True, "nao": False}.get(self.cleaned_data["unidade_orcamentaria"])

    def dados(self) -> dict[str, Any]:
        """O que a ação grava."""
        return {nome: valor for nome, valor in self.cleaned_data.items() if nome != "versao"}


class Nomear(DarPosse):
    """Quem passa a responder pelo fundo."""

    funcao = forms.ChoiceField(
        label="Em que função", choices=[(f.value, f.label.capitalize()) for f in Responsavel.Funcao]
    )
    field_order = ("funcao",)


class AbrirConta(forms.Form):
    """Uma conta do fundo, como se lê no extrato."""

    banco = forms.CharField(
        label="Número do banco",
        max_length=3,
        help_text="Os três algarismos, como 001",
        error_messages={"required": "Escreva o número do banco, de três algarismos, como 001."},
    )
    agencia = forms.CharField(
        label="Agência",
        max_length=10,
        help_text="Com o dígito, se houver",
        error_messages={"required": "Escreva o número da agência."},
    )
    numero = forms.CharField(
        label="Conta",
        max_length=20,
        help_text="Com o dígito",
        error_messages={"required": "Escreva o número da conta."},
    )
    finalidade = forms.CharField(
        label="Para que serve",
        max_length=200,
        help_text="Como “Bloco da Proteção Social Básica”",
        error_messages={"required": "Diga para que serve a conta."},
    )
    desde = dia("Aberta em")

    def clean_banco(self) -> str:
        banco: str = self.cleaned_data["banco"].strip()
        if not re.fullmatch(r"[0-9]{1,3}", banco):
            raise forms.ValidationError(f"“{banco}” não é número de banco. Escreva os três algarismos, como 001.")
        return banco.zfill(3)

    def clean_agencia(self) -> str:
        return self._numero("agencia", "da agência")

    def clean_numero(self) -> str:
        return self._numero("numero", "da conta")

    def _numero(self, campo: str, de_que: str) -> str:
        texto = re.sub(r"[\s.\-–]", "", self.cleaned_data[campo]).upper()
        if not re.fullmatch(r"[0-9]+X?", texto):
            raise forms.ValidationError(
                f"“{self.cleaned_data[campo]}” não é o número {de_que}. Escreva os algarismos e o dígito, como 1234-5."
            )
        return texto

    def nova(self) -> NovaConta:
        return NovaConta(**self.cleaned_data)


class EncerrarConta(EncerrarMandato):
    """O último dia da conta e por quê."""

    ultimo_dia = dia("Último dia da conta", falta="Diga o último dia em que a conta foi do fundo.")
    motivo = forms.CharField(label="Por que encerrou", required=False, max_length=200)
