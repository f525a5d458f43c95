"""Como os dados se leem."""

from __future__ import annotations

import pytest

from suas.financas.partilhas.consultas.dados import DADO_POR_NOME


@pytest.mark.parametrize(
    ("nome", "na_frase"),
    [
        ("fnas_psb_per_capita", "FNAS na proteção básica por habitante"),
        ("cras_cofinanciados", "CRAS já cofinanciados"),
        ("adesao_suas", "adesão ao SUAS"),
        ("rcl_per_capita", "receita corrente líquida por habitante"),
    ],
)
def test_a_sigla_continua_sigla_no_meio_da_frase(nome, na_frase):
    assert DADO_POR_NOME[nome].na_frase == na_frase
