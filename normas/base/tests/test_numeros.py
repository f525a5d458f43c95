"""Números exatos em texto."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normas.base.numeros import (
    arredondar,
    com_ponto,
    com_virgula,
    em_inteiros_na_mesma_ordem,
    extremos,
    fracao_exata,
    ler_fracao,
)


@pytest.mark.parametrize(
    ("valor", "casas", "inteiro"),
    [
        (Fraction(1, 2), 0, 1),
        (Fraction(-1, 2), 0, -1),
        (Fraction(49, 100), 0, 0),
        (Fraction(5, 1000), 2, 1),
        (Fraction(4999, 10**6), 2, 0),
        (Fraction(1, 3), 6, 333333),
        (Fraction(2, 3), 6, 666667),
    ],
)
def test_a_metade_exata_sobe(valor, casas, inteiro):
    assert arredondar(valor, casas=casas) == inteiro


@pytest.mark.parametrize(
    ("valor", "casas", "ponto", "virgula"),
    [
        (Fraction(0), 6, "0.000000", "0,000000"),
        (Fraction(5), 6, "5.000000", "5,000000"),
        (Fraction(1, 8), 2, "0.13", "0,13"),
        (Fraction(-1, 8), 2, "-0.13", "-0,13"),
        (Fraction(-1, 1000), 2, "0.00", "0,00"),
        (Fraction(2469, 2), 1, "1234.5", "1.234,5"),
        (Fraction(-2469, 2), 1, "-1234.5", "-1.234,5"),
        (Fraction(1234567), 0, "1234567", "1.234.567"),
        (Fraction(-12), 0, "-12", "-12"),
    ],
)
def test_escreve_com_ponto_e_com_virgula(valor, casas, ponto, virgula):
    assert com_ponto(valor, casas=casas) == ponto
    assert com_virgula(valor, casas=casas) == virgula


def test_sem_dizer_casas_o_ponto_tem_seis_e_a_virgula_nenhuma():
    assert com_ponto(Fraction(1, 7)) == "0.142857"
    assert com_virgula(1234) == "1.234"


@given(st.fractions())
def test_a_fracao_escrita_se_le(valor):
    assert ler_fracao(fracao_exata(valor)) == valor


@given(st.lists(st.fractions(), min_size=1))
def test_os_extremos_sao_o_menor_e_o_maior(valores):
    assert extremos(valores) == (min(valores), max(valores))


@given(st.lists(st.fractions()))
def test_os_inteiros_ordenam_e_empatam_como_as_fracoes(valores):
    inteiros = em_inteiros_na_mesma_ordem(valores)

    for um, inteiro in zip(valores, inteiros, strict=True):
        for outro, outro_inteiro in zip(valores, inteiros, strict=True):
            assert (um < outro) == (inteiro < outro_inteiro)
            assert (um == outro) == (inteiro == outro_inteiro)


def test_fracoes_a_um_fio_uma_da_outra_nao_empatam():
    grande = 10**30

    um, outro = em_inteiros_na_mesma_ordem([Fraction(1, grande), Fraction(1, grande + 1)])

    assert um > outro
