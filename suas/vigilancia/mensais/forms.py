"""O que se lê das páginas do mês: as células, as justificativas e o motivo de uma correção."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms

from normas.registros.formulario import Versao
from suas.nucleo.documentos.consultas import TAMANHO_MAXIMO_MB, TIPOS_ACEITOS
from suas.vigilancia.mensais import celulas
from suas.vigilancia.mensais.celulas import Escrito


def enviadas(envio: Mapping[str, Any], *, versao: Versao, prefixo: str = "") -> dict[str, Escrito]:
    """As células que se escreveram na página; o que não é número fica como se escreveu, e a vazia não vem.

    `usar` é o botão que põe o número proposto numa célula; `prefixo`, o dos campos de uma unidade na grade de várias.
    """
    escritas = {nome: celulas.ler(envio.get(prefixo + nome, ""), celula=nome) for nome in celulas.nomes(versao)}
    escritas |= {nome: celulas.ler(texto, celula=nome) for nome, texto in envio.items() if nome.startswith("j-")}
    celula, _, proposto = str(envio.get("usar", "")).partition("=")
    if celula in escritas:
        escritas[celula] = celulas.ler(proposto, celula=celula)
    return {nome: escrito for nome, escrito in escritas.items() if escrito != ""}


def lidas(envio: Mapping[str, Any], *, prefixo: str = "") -> dict[str, Escrito] | None:
    """As células como a página as mostrou; nada, se a página não diz."""
    try:
        dados = json.loads(envio.get(f"{prefixo}lidas", ""))
    except ValueError:
        return None
    if not isinstance(dados, dict):
        return None
    return {nome: celulas.ler(texto, celula=nome) for nome, texto in dados.items() if isinstance(texto, int | str)}


class Comprovante(forms.Form):
    """O que o sistema federal deu a quem digitou o mês nele."""

    dia = forms.DateField(
        label="Dia em que se digitou",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Diga em que dia se digitou.", "invalid": "Escreva o dia como 31/12/2026."},
    )
    protocolo = forms.CharField(
        label="Número ou código que o sistema deu", max_length=60, required=False, help_text="Se ele deu algum."
    )
    arquivo = forms.FileField(
        label="Imagem da tela ou PDF",
        required=False,
        help_text=f"{TIPOS_ACEITOS}, até {TAMANHO_MAXIMO_MB} MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )


class Motivo(forms.Form):
    """O que corrigir, ou por que se reabre."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escreva o motivo."},
    )
