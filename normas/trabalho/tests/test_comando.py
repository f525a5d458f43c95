"""O comando equipe: objeto em JSON, texto, recusa em palavras e códigos de saída."""

from __future__ import annotations

import json

import pytest

from normas.__main__ import main


def chamar(capsys, *argv):
    codigo = main(["equipe", *argv])
    tela = capsys.readouterr()
    return codigo, tela.out, tela.err


def objeto(capsys, *argv):
    codigo, saida, erro = chamar(capsys, "calcular", *argv, "--json")
    assert (codigo, erro) == (0, "")
    return json.loads(saida)


def test_cras_em_json_traz_funcoes_total_e_fundamento(capsys):
    equipe = objeto(capsys, "CRAS", "--porte", "Pequeno II", "--familias", "3500")

    assert equipe["total"] == 7
    assert [(f["funcao"], f["escolaridade"], f["quantidade"]) for f in equipe["funcoes"]] == [
        ("Coordenador", "nível superior", 1),
        ("Assistente social", "nível superior", 2),
        ("Psicólogo", "nível superior", 1),
        ("Técnico de nível médio", "nível médio", 3),
    ]
    assert all("NOB-RH/SUAS" in f["fundamento"] and "por_turno" not in f for f in equipe["funcoes"])
    assert equipe["entrada"] == {"porte": "Pequeno II", "familias": "3500"}


def test_abrigo_em_json_conta_por_turno_onde_a_norma_conta(capsys):
    equipe = objeto(
        capsys, "ABRIGO", "--acolhidos", "20", "--com-demandas-especificas", "1", "--turnos", "3"
    )  # fmt: skip

    assert [(f["codigo"], f["quantidade"], f.get("por_turno")) for f in equipe["funcoes"]] == [
        ("coordenador", 1, None),
        ("cuidador", 9, 3),
        ("auxiliar_de_cuidador", 9, 3),
    ]
    assert equipe["total"] == 19


@pytest.mark.parametrize(
    ("argv", "total"),
    [
        (["creas", "--gestao", "inicial", "--capacidade", "50"], 7),
        (["CREAS", "--gestao", "básica", "--capacidade", "50"], 7),
        (["CREAS", "--gestao", "plena", "--capacidade", "80"], 12),
        (["CREAS", "--gestao", "regional", "--capacidade", "1"], 12),
        (["CRAS", "--porte", "DF", "--familias", "5000"], 9),
        (["CRAS", "--porte", "pequeno_i", "--familias", "1"], 5),
        (["familia-acolhedora", "--acolhidos", "15"], 3),
        (["familia-acolhedora", "--acolhidos", "15", "--familias-acolhedoras", "16", "--familias-de-origem", "1"], 5),
        (["república", "--acolhidos", "20"], 3),
        (["ilpi"], 8),
        (["ILPI", "--acolhidos", "40"], 8),
        (["psicossocial", "--acolhidos", "20", "--equipamentos", "3"], 4),
    ],
)
def test_toda_tabela_se_calcula_e_os_nomes_se_escrevem_como_se_fala(capsys, argv, total):
    assert objeto(capsys, *argv)["total"] == total


def test_o_texto_traz_quantidade_funcao_razao_total_e_norma(capsys):
    codigo, saida, _ = chamar(capsys, "calcular", "CRAS", "--porte", "Pequeno I", "--familias", "2501")

    assert codigo == 0
    linhas = saida.splitlines()
    assert linhas[0] == "Equipe de referência: CRAS, Pequeno I"
    assert "   1  Coordenador (nível superior, por concurso)" in linhas
    assert "   2  Psicólogo, de preferência (nível superior)" in linhas
    assert "      Para 2.501 famílias referenciadas, 1 a cada 2.500 ou parte: 2." in linhas
    assert "   9  ao todo" in linhas
    assert any(linha.startswith("Aviso: A norma prevê um CRAS para até 2.500") for linha in linhas)
    assert linhas[-1].startswith("Fundamento: NOB-RH/SUAS")


@pytest.mark.parametrize(
    ("argv", "frase"),
    [
        (["CRAS", "--porte", "Médio", "--familias", "0"], "Com 0 famílias referenciadas não há equipe a calcular."),
        (["CRAS", "--porte", "Médio", "--familias", "-1"], "Com -1 famílias referenciadas não há equipe"),
        (["CRAS", "--porte", "Médio", "--familias", "3,5"], "--familias: “3,5” não é um número inteiro."),
        (["ABRIGO", "--acolhidos", "2", "--com-demandas-especificas", "3", "--turnos", "3"], "vão de 0 ao total"),
        (["ABRIGO", "--acolhidos", "2", "--turnos", "25"], "25 não serve como número de turnos por dia"),
        (["familia-acolhedora", "--acolhidos", "2", "--familias-acolhedoras", "0"], "Com 0 famílias acolhedoras"),
        (["ilpi", "--acolhidos", "0"], "Com 0 idosos não há equipe a calcular."),
    ],
)
def test_numero_impossivel_sai_com_3_e_em_palavras(capsys, argv, frase):
    codigo, saida, erro = chamar(capsys, "calcular", *argv, "--json")

    assert (codigo, saida) == (3, "")
    assert frase in erro


@pytest.mark.parametrize(
    ("argv", "frase"),
    [
        ([], "Falta dizer o que calcular."),
        (["calcular"], "Falta dizer o que calcular."),
        (["calcular", "hospital"], "Não há o que calcular em “hospital”."),
        (["contar", "CRAS"], "Não há o que calcular em “contar”."),
        (["calcular", "CRAS", "--familias", "1"], "Falta --porte."),
        (["calcular", "CRAS", "--porte", "Enorme", "--familias", "1"], "--porte: “Enorme” não serve."),
        (["calcular", "CREAS", "--gestao", "boa", "--capacidade", "1"], "inicial, basica, plena ou regional"),
        (["calcular", "ABRIGO", "--acolhidos", "1"], "Falta --turnos."),
    ],
)
def test_pedido_que_nao_se_entende_sai_com_2(capsys, argv, frase):
    codigo, saida, erro = chamar(capsys, *argv)

    assert (codigo, saida) == (2, "")
    assert frase in erro


@pytest.mark.parametrize("argv", [["--ajuda"], ["calcular", "--ajuda"], ["calcular", "CREAS", "--ajuda"]])
def test_ajuda_diz_como_se_usa(capsys, argv):
    codigo, saida, _ = chamar(capsys, *argv)

    assert codigo == 0
    assert saida.startswith("Uso: redesuas equipe calcular")
