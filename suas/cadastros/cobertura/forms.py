"""O formulário do território do CRAS: bairros, área por coordenadas, famílias."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from suas.cadastros.cobertura import area, bairros
from suas.cadastros.cobertura.acoes import Abrange
from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.territorio.ponto import ler_coordenada
from suas.nucleo.identidade.forms.acessos import CampoDia
from suas.nucleo.tela.campos import CampoInteiro


class DefinirTerritorio(forms.Form):
    """O que o CRAS abrange, com a versão que se leu."""

    familias = CampoInteiro(
        label="Famílias referenciadas",
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text="As que vivem no território e têm este CRAS como referência",
        error_messages={
            "invalid": "Escreva só o número de famílias, sem letras.",
            "min_value": "O número de famílias não pode ser negativo.",
            "max_value": "Confira o número: passa de um milhão de famílias.",
        },
    )
    familias_dia = CampoDia(label="Contadas em", required=False, help_text="O dia a que o número se refere")
    bairros = forms.CharField(
        label="Bairros, distritos ou comunidades",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Um por linha. Sem bairro e sem área, o território é o município inteiro",
    )
    contorno = forms.CharField(
        label="Área desenhada",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Um ponto por linha, latitude e longitude, como -20,3155; -40,3128. Onde há mapa, toque nele",
    )
    versao = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, territorio: TerritorioDoCras | None = None, **kwargs: Any) -> None:
        if territorio is not None:
            kwargs.setdefault("initial", _iniciais(territorio))
        super().__init__(*args, **kwargs)

    def clean_bairros(self) -> tuple[str, ...]:
        """Um por linha (ou separados por ponto e vírgula), sem repetir o que só muda no acento."""
        try:
            return bairros.ler(self.cleaned_data["bairros"], separados_por=bairros.UM_POR_LINHA)
        except ValueError as erro:
            raise forms.ValidationError(str(erro)) from erro

    def clean_contorno(self) -> tuple[tuple[float, float], ...]:
        linhas = [linha for linha in self.cleaned_data["contorno"].splitlines() if linha.strip()]
        pontos = tuple(_ponto(numero, linha) for numero, linha in enumerate(linhas, start=1))
        if pontos and len(pontos) < area.MENOS_PONTOS:
            raise forms.ValidationError(f"Uma área tem ao menos 3 pontos, e aqui há {len(pontos)}.")
        if len(pontos) > area.MAIS_PONTOS:
            raise forms.ValidationError(
                f"São {len(pontos)} pontos; cabem até {area.MAIS_PONTOS}. Desenhe mais simples."
            )
        if pontos and area.cruza_a_si_mesma(pontos):
            raise forms.ValidationError("A linha da área cruza a si mesma. Ponha os pontos na ordem em que se ligam.")
        return pontos

    def clean_versao(self) -> int:
        return self.cleaned_data["versao"] or 0

    def abrange(self) -> Abrange:
        return Abrange(
            **{nome: self.cleaned_data[nome] for nome in ("bairros", "contorno", "familias", "familias_dia")}
        )


def _ponto(numero: int, linha: str) -> tuple[float, float]:
    """“-20,3155; -40,3128”, “-20.3155, -40.3128” ou separados por espaço."""
    partes = linha.split(";") if ";" in linha else re.split(r",\s+|\s+", linha.strip())
    if len(partes) != 2:
        raise forms.ValidationError(
            f"Linha {numero}: “{linha.strip()[:60]}” não são dois números. Escreva como -20,3155; -40,3128."
        )
    try:
        latitude = ler_coordenada(partes[0], nome="latitude", maior=90, exemplo="-20,3155")
        longitude = ler_coordenada(partes[1], nome="longitude", maior=180, exemplo="-40,3128")
    except ValueError as erro:
        raise forms.ValidationError(f"Linha {numero}: {erro}") from erro
    return float(latitude), float(longitude)


def _iniciais(territorio: TerritorioDoCras) -> dict[str, Any]:
    pontos = (f"{latitude:.6f}; {longitude:.6f}".replace(".", ",") for latitude, longitude in territorio.contorno)
    return {
        "familias": territorio.familias,
        "familias_dia": territorio.familias_dia,
        "bairros": "\n".join(territorio.bairros),
        "contorno": "\n".join(pontos),
        "versao": territorio.versao,
    }
