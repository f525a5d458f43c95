"""Cobertura de CRAS: o mínimo do porte e a capacidade das famílias."""

from __future__ import annotations

from datetime import date

import pytest

from normas.parametros.leitura import ParametroForaDeVigencia
from normas.rede.cobertura_de_cras import cobertura_de_cras
from normas.territorio.porte import Porte

EM = date(2006, 1, 1)


def cobertura(porte=Porte.PEQUENO_I, familias=0, existentes=0, em=EM):
    return cobertura_de_cras(porte=porte, familias=familias, existentes=existentes, em=em)


@pytest.mark.parametrize(
    ("porte", "minimo", "familias"),
    [
        (Porte.PEQUENO_I, 1, 2500),
        (Porte.PEQUENO_II, 1, 3500),
        (Porte.MEDIO, 2, 5000),
        (Porte.GRANDE, 4, 5000),
        (Porte.METROPOLE, 8, 5000),
    ],
)
def test_minimo_e_familias_de_cada_porte(porte, minimo, familias):
    assert cobertura(porte).minimo_da_norma == minimo
    assert cobertura(porte).familias_por_cras == familias
    assert cobertura(porte, existentes=3).capacidade == 3 * familias


@pytest.mark.parametrize(
    ("familias", "pela_capacidade"),
    [
        pytest.param(0, 0, id="ninguém a referenciar"),
        pytest.param(1, 1, id="uma família"),
        pytest.param(2500, 1, id="na capacidade"),
        pytest.param(2501, 2, id="uma família além"),
    ],
)
def test_cras_pela_capacidade_em_pequeno_porte_i(familias, pela_capacidade):
    assert cobertura(familias=familias, existentes=1).pela_capacidade == pela_capacidade


@pytest.mark.parametrize(("existentes", "lacuna"), [(0, 2), (1, 1), (2, 0), (3, 0)])
def test_a_lacuna_e_o_que_falta_para_o_minimo(existentes, lacuna):
    resposta = cobertura(Porte.MEDIO, existentes=existentes)

    assert (resposta.lacuna, resposta.existentes) == (lacuna, existentes)


def test_cita_a_norma():
    assert "NOB/SUAS 2005" in str(cobertura().fundamento)


@pytest.mark.parametrize("numeros", [{"familias": -1}, {"existentes": -1}])
def test_numeros_negativos(numeros):
    with pytest.raises(ValueError, match="não podem ser negativos"):
        cobertura(**numeros)


def test_fora_da_vigencia():
    with pytest.raises(ParametroForaDeVigencia):
        cobertura(em=date(2013, 1, 3))
