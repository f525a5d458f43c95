"""CPF, CNPJ, CEP, telefone e identificador: o que se aceita, o que se guarda e o que se diz de cada falta."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from normas.base.documentos import (
    aviso_do_identificador,
    cep_com_traco,
    cnpj_com_pontos,
    cpf_com_pontos,
    digitos_do_cnpj,
    digitos_do_cpf,
    ler_cep,
    ler_cnpj,
    ler_cpf,
    ler_identificador_de_unidade,
    ler_telefone,
    telefone_com_traco,
)

algarismos = st.text(string.digits, min_size=9, max_size=9)
doze_posicoes = st.text(string.digits + string.ascii_uppercase, min_size=12, max_size=12)


def numero_de_cpf(nove: str) -> str:
    return nove + digitos_do_cpf(nove)


@given(algarismos)
def test_cpf_gerado_e_lido_com_e_sem_pontuacao(nove):
    cpf = numero_de_cpf(nove)
    assume(len(set(cpf)) > 1)

    assert ler_cpf(cpf) == cpf
    assert ler_cpf(f" {cpf_com_pontos(cpf)} ") == cpf


@given(algarismos, st.integers(0, 8), st.integers(1, 9))
def test_um_algarismo_trocado_no_cpf_e_percebido(nove, posicao, soma):
    cpf = numero_de_cpf(nove)
    # O dígito 0 vem de dois restos (0 e 10) e pode esconder uma troca: é da regra do CPF.
    assume(cpf[9] != "0")
    trocado = str((int(cpf[posicao]) + soma) % 10)

    with pytest.raises(ValueError, match=r"não batem|repete"):
        ler_cpf(cpf[:posicao] + trocado + cpf[posicao + 1 :])


@given(doze_posicoes)
def test_cnpj_gerado_e_lido_com_e_sem_pontuacao_e_em_minusculas(doze):
    cnpj = doze + digitos_do_cnpj(doze)
    assume(len(set(cnpj)) > 1)

    assert ler_cnpj(cnpj) == cnpj
    assert ler_cnpj(cnpj_com_pontos(cnpj).lower()) == cnpj


@pytest.mark.parametrize(
    "cnpj",
    [
        pytest.param("12.ABC.345/01DE-35", id="exemplo da Receita para o CNPJ com letras"),
        pytest.param("00.000.000/0001-91", id="só com números"),
    ],
)
def test_cnpj_conhecido(cnpj):
    assert cnpj_com_pontos(ler_cnpj(cnpj)) == cnpj


@pytest.mark.parametrize(
    ("texto", "frase"),
    [
        ("", "Falta o CNPJ. Escreva as 14 posições, como 12.ABC.345/01DE-35"),
        ("12.ABC.345/01DE-3X", "As duas últimas posições do CNPJ são algarismos, e em “12.ABC.345/01DE-3X” são “3X”."),
        ("12.ABC.345/01DE-36", "não batem com as outras posições. Algum foi trocado"),
        ("00000000000000", "repete um algarismo só, e nenhum CNPJ é assim"),
        ("191000100", "tem 9 posições, e o CNPJ tem 14"),
        ("0000000000191", "Se a planilha tirou os zeros do começo, escreva 00000000000191."),
        ("12ÁBC345/01DE-35", "tem sinais que um CNPJ não tem"),
    ],
)
def test_cnpj_que_nao_serve_diz_por_que(texto, frase):
    with pytest.raises(ValueError) as erro:
        ler_cnpj(texto)

    assert frase in str(erro.value)


@pytest.mark.parametrize(
    ("texto", "frase"),
    [
        ("  ", "Falta o CPF. Escreva os 11 algarismos, como 000.000.000-00."),
        ("111.111.111-11", "repete um algarismo só, e nenhum CPF é assim"),
        ("12345", "“12345” tem 5 algarismos, e o CPF tem 11, como 000.000.000-00."),
        ("1114447773", "Se a planilha tirou os zeros do começo, escreva 01114447773."),
        ("¹²³", "“¹²³” tem mais do que algarismos. Escreva o CPF como 000.000.000-00."),
        ("maria", "tem mais do que algarismos"),
    ],
)
def test_cpf_que_nao_serve_diz_por_que(texto, frase):
    with pytest.raises(ValueError) as erro:
        ler_cpf(texto)

    assert frase in str(erro.value)
    assert "inválid" not in str(erro.value)


def test_cpf_curto_demais_nao_ganha_conselho_de_zeros():
    with pytest.raises(ValueError) as erro:
        ler_cpf("1234567")

    assert "zeros" not in str(erro.value)


def test_cep_se_guarda_sem_traco_e_se_le_com_traco():
    assert ler_cep("29010-004") == ler_cep("29.010-004") == "29010004"
    assert cep_com_traco("29010004") == "29010-004"


@pytest.mark.parametrize(
    ("texto", "frase"),
    [
        ("1310100", "Se a planilha tirou os zeros do começo, escreva 01310100."),
        ("290100041", "tem 9 algarismos, e o CEP tem 8"),
        ("00000-000", "Se não se sabe o CEP, deixe em branco."),
        ("sem CEP", "tem mais do que algarismos"),
    ],
)
def test_cep_que_nao_serve_diz_por_que(texto, frase):
    with pytest.raises(ValueError) as erro:
        ler_cep(texto)

    assert frase in str(erro.value)


@pytest.mark.parametrize(
    ("texto", "guardado", "escrito"),
    [
        ("(27) 3000-0000", "2730000000", "(27) 3000-0000"),
        ("27 90000-0000", "27900000000", "(27) 90000-0000"),
        ("027 3000 0000", "2730000000", "(27) 3000-0000"),
        ("+55 27 90000-0000", "27900000000", "(27) 90000-0000"),
        ("0800 000 0000", "08000000000", "0800 000 0000"),
    ],
)
def test_telefone_se_guarda_so_com_algarismos(texto, guardado, escrito):
    assert ler_telefone(texto) == guardado
    assert telefone_com_traco(guardado) == escrito


@pytest.mark.parametrize(
    ("texto", "frase"),
    [
        ("", "Falta o telefone. Escreva com o DDD"),
        ("3000-0000", "Falta o DDD de “3000-0000”."),
        ("90000-0000", "Falta o DDD"),
        ("27 3000", "tem 6 algarismos; com o DDD são 10 ou 11"),
        ("20 3000-0000", "“20” não é um DDD."),
        ("27 80000-0000", "não começa por 9"),
        ("27 3000-0000 ramal 2", "Escreva um número só"),
    ],
)
def test_telefone_que_nao_serve_diz_por_que(texto, frase):
    with pytest.raises(ValueError) as erro:
        ler_telefone(texto)

    assert frase in str(erro.value)


def test_identificador_de_unidade_tem_11_algarismos_e_guarda_os_zeros():
    assert ler_identificador_de_unidade("32053000001") == "32053000001"
    assert ler_identificador_de_unidade("01234567890") == "01234567890"
    with pytest.raises(ValueError, match="o número identificador da unidade tem 11, como 32053000001"):
        ler_identificador_de_unidade("3205300")


@pytest.mark.parametrize("identificador", ["32053000001", "13205300001"])
def test_identificador_nas_formas_vistas_nao_avisa(identificador):
    assert aviso_do_identificador(identificador=identificador, codigo_ibge="3205309") is None


def test_identificador_de_outro_municipio_so_avisa():
    aviso = aviso_do_identificador(identificador="32052000001", codigo_ibge="3205309")

    assert aviso is not None
    assert "não traz o código do município (320530)" in aviso


@given(st.text(max_size=20))
def test_qualquer_texto_e_lido_ou_recusado_em_palavras(texto):
    for ler in (ler_cpf, ler_cnpj, ler_cep, ler_telefone, ler_identificador_de_unidade):
        try:
            lido = ler(texto)
        except ValueError as erro:
            assert str(erro).endswith((".", "91", "0000"))  # frase inteira, não um erro da linguagem
        else:
            assert ler(lido) == lido
