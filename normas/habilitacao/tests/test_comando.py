"""O comando fluxo: JSON com um passo por alínea, texto que se lê, e o que não existe dito em palavras."""

from __future__ import annotations

import json

import pytest

from normas.__main__ import main
from normas.habilitacao.fluxo import CODIGOS

CAMPOS = {"alinea", "ato", "quem", "de", "para", "prazo_dias", "fundamento"}


def chamar(capsys, *argv):
    codigo = main(["fluxo", *argv])
    tela = capsys.readouterr()
    return codigo, tela.out, tela.err


@pytest.mark.parametrize("codigo", CODIGOS)
def test_em_json_traz_os_passos_com_tudo_o_que_outro_programa_usa(capsys, codigo):
    saida, texto, erro = chamar(capsys, "mostrar", codigo, "--json")
    processo = json.loads(texto)

    assert (saida, erro, processo["fluxo"]) == (0, "", codigo)
    assert all(set(passo) >= CAMPOS for passo in processo["passos"] + processo["desvios"])
    assert all(passo["de"] in processo["etapas"] for passo in processo["passos"])
    assert processo["passos"][0]["de"] == processo["comeca"]
    assert processo["passos"][-1]["para"] in processo["termina"]


def test_a_habilitacao_do_municipio_em_json(capsys):
    _, texto, _ = chamar(capsys, "mostrar", "habilitacao-municipio", "--json")
    passos = json.loads(texto)["passos"]

    assert "".join(passo["alinea"] for passo in passos) == "abcdefghijk"
    assert [passo["prazo_dias"] for passo in passos] == [None] * 5 + [30] + [None] * 5
    assert [passo["quem"] for passo in passos] == [
        "MUNICIPIO", "CMAS", "MUNICIPIO", "ESTADO", "ESTADO", "ESTADO", "CIB", "CIB", "ESTADO", "CIB", "CIB",
    ]  # fmt: skip
    assert passos[5]["fundamento"] == "NOB/SUAS 2005 (Resolução CNAS nº 130/2005), item 2.5, I, f"


def test_em_texto_le_se_quem_faz_o_que(capsys):
    saida, texto, _ = chamar(capsys, "mostrar", "recurso")

    assert saida == 0
    assert "1)  Gestor municipal: O município recorre ao Conselho Estadual" in texto
    assert "Desvios (leitura do projeto):" in texto


@pytest.mark.parametrize(
    ("argv", "frase"),
    [
        ([], "Falta dizer que processo mostrar."),
        (["mostrar"], "Falta dizer que processo mostrar."),
        (["mostrar", "habilitacao"], "Não há processo “habilitacao”."),
        (["andar", "recurso"], "Não há processo “andar”."),
        (["mostrar", "recurso", "--xml"], "“--xml” não é uma opção deste comando."),
    ],
)
def test_o_que_nao_se_entende_sai_com_dois_e_diz_os_que_existem(capsys, argv, frase):
    saida, texto, erro = chamar(capsys, *argv)

    assert (saida, texto) == (2, "")
    assert frase in erro


def test_a_ajuda_lista_os_processos(capsys):
    saida, texto, _ = chamar(capsys, "--ajuda")

    assert saida == 0
    assert all(codigo in texto for codigo in CODIGOS)
