"""O comando piso: texto, JSON, recusas em palavras e códigos de saída."""

from __future__ import annotations

import json

import pytest

from normas.__main__ import main


def chamar(capsys, *argv):
    codigo = main(["piso", *argv])
    tela = capsys.readouterr()
    return codigo, tela.out, tela.err


def test_em_texto_traz_fracao_reais_e_item(capsys):
    saida, texto, erro = chamar(capsys, "calcular", "PBF", "CS=54000.00", "FR=2500", "MA=12")

    assert (saida, erro) == (0, "")
    assert "Piso Básico Fixo (PBF): R$ 1,80 por família referenciada e por mês" in texto
    assert "(CS / FR) / MA = 54000.00 / 2500 / 12 = 9/5 de real" in texto
    assert "Fundamento: NOB/SUAS 2005 (Resolução CNAS nº 130/2005), item 5.5, II, a, Piso Básico Fixo" in texto


def test_em_json_o_que_outro_programa_usa(capsys):
    _, texto, _ = chamar(capsys, "calcular", "PAC", "II", "cas=10000.00", "CA=30", "MA=12", "--json")
    valor = json.loads(texto)

    assert {nome: valor[nome] for nome in ("piso", "fracao", "reais", "centavos", "vigente", "avisos")} == {
        "piso": "PAC2", "fracao": "250/9", "reais": "27.78", "centavos": 2778, "vigente": True, "avisos": [],
    }  # fmt: skip
    assert valor["entrada"] == {"CAS": "10000.00", "CA": "30", "MA": "12"}


def test_fora_da_norma_o_aviso_de_simulacao_vem_junto(capsys):
    argv = ["calcular", "PBF", "CS=1.00", "FR=1", "MA=1", "--em", "2026-01-01"]

    assert "Aviso: simulação: norma não vigente" in chamar(capsys, *argv)[1]
    valor = json.loads(chamar(capsys, *argv, "--json")[1])
    assert (valor["vigente"], len(valor["avisos"])) == (False, 2)


@pytest.mark.parametrize(
    ("argv", "frase"),
    [
        (["PBF", "CS=1", "FR=0", "MA=12"], "não se divide por zero"),
        (["PBF", "CS=-1", "FR=1", "MA=12"], "não pode ser negativo"),
        (["PBF", "CS=1", "FR=1"], "Falta MA"),
        (["PBF"], "Falta CS e FR e MA"),
        (["PBF", "CS=1", "FR=1", "MA=12", "X=2"], "“X” não é letra da fórmula"),
        (["PBF", "CS=1", "CS=2", "FR=1", "MA=12"], "CS foi escrita duas vezes"),
        (["PISO", "CS=1"], "“PISO” não é um piso da norma"),
        (["PAC2", "CAS=1", "CA=1", "MA=12", "--em", "2005-12-31"], "não se aplica antes de 01/01/2006"),
    ],
)
def test_sem_o_que_calcular_sai_com_tres(capsys, argv, frase):
    saida, texto, erro = chamar(capsys, "calcular", *argv)

    assert (saida, texto) == (3, "")
    assert frase in erro


@pytest.mark.parametrize(
    ("argv", "frase"),
    [
        ([], "Falta dizer o piso."),
        (["calcular"], "Falta dizer o piso."),
        (["somar", "PBF"], "Não há o que fazer com “somar”."),
        (["calcular", "PBF", "--xml"], "“--xml” não é uma opção"),
        (["calcular", "PBF", "CS=1", "FR=1", "MA=12", "--em", "ontem"], "“ontem” não é um dia"),
    ],
)
def test_o_que_nao_se_entende_sai_com_dois(capsys, argv, frase):
    saida, texto, erro = chamar(capsys, *argv)

    assert (saida, texto) == (2, "")
    assert frase in erro


def test_a_ajuda_diz_os_pisos_e_as_letras(capsys):
    saida, texto, _ = chamar(capsys, "--ajuda")

    assert saida == 0
    assert "PBF   Piso Básico Fixo = (CS / FR) / MA, por família referenciada e mês" in texto
