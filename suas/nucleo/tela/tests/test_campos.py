"""O número se lê como as pessoas o escrevem; o ponto de milhar não vira vírgula."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms

from suas.nucleo.tela.campos import CampoInteiro

SUAS = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("escrito", "lido"),
    [
        ("5000", 5000),
        ("5.000", 5000),
        (" 1.234.567 ", 1234567),
        ("5 000", 5000),
        ("-3.000", -3000),
        ("0320", 320),
        ("", None),
    ],
)
def test_o_ponto_e_de_milhar(escrito: str, lido: int | None) -> None:
    assert CampoInteiro(required=False).clean(escrito) == lido


@pytest.mark.parametrize("escrito", ["5,5", "5.5", "5.00", "5.0000", "1,000", "cinco", "5e3", "--5", "5-", "²"])
def test_o_que_nao_e_inteiro_se_recusa_com_a_frase_do_campo(escrito: str) -> None:
    with pytest.raises(forms.ValidationError, match="Escreva só o número"):
        CampoInteiro(error_messages={"invalid": "Escreva só o número."}).clean(escrito)


def test_nenhum_formulario_usa_o_campo_que_le_cinco_onde_se_escreveu_cinco_mil() -> None:
    """O ano, que não tem milhar, e o que vai escondido podem."""
    usam = [
        f"{arquivo.relative_to(SUAS)}:{linha}" for arquivo in SUAS.rglob("forms*/**/*.py") for linha in _usos(arquivo)
    ]
    usam += [f"{arquivo.relative_to(SUAS)}:{linha}" for arquivo in SUAS.rglob("forms.py") for linha in _usos(arquivo)]

    assert not usam, f"Use suas.nucleo.tela.campos.CampoInteiro: {usam}"


def _usos(arquivo: Path) -> Iterator[int]:
    for no in ast.walk(ast.parse(arquivo.read_text("utf-8"))):
        if isinstance(no, ast.Call) and ast.unparse(no.func) == "forms.IntegerField":
            opcoes = {opcao.arg: ast.unparse(opcao.value) for opcao in no.keywords}
            escondido = opcoes.get("widget", "").startswith("forms.HiddenInput")
            ano = opcoes.get("label", "").strip("'\"").split(" ")[0] in {"Ano", "Exercício"}
            if not escondido and not ano:
                yield no.lineno
