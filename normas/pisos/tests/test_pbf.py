"""Piso Básico Fixo: o valor por CRAS."""

from __future__ import annotations

from datetime import date

import pytest

from normas.parametros.leitura import ParametroForaDeVigencia
from normas.pisos.pbf import piso_por_cras, piso_por_porte
from normas.territorio.porte import Porte


@pytest.mark.parametrize(
    ("porte", "mensal", "anual"),
    [
        (Porte.PEQUENO_I, 450_000, 5_400_000),
        (Porte.PEQUENO_II, 630_000, 7_560_000),
        (Porte.MEDIO, 900_000, 10_800_000),
        (Porte.METROPOLE, 900_000, 10_800_000),
    ],
)
def test_o_piso_de_um_cras_em_2006(porte, mensal, anual):
    piso = piso_por_porte(porte=porte, em=date(2006, 1, 1))

    assert (piso.mensal_centavos, piso.anual_centavos) == (mensal, anual)
    assert (piso.por_familia_centavos, piso.fundamento.norma) == (180, "Portaria MDS nº 442/2005")


@pytest.mark.parametrize(("familias", "mensal"), [(1, 240), (2500, 600_000), (5000, 1_200_000)])
def test_o_piso_desde_a_portaria_de_2013(familias, mensal):
    piso = piso_por_cras(familias=familias, em=date(2014, 1, 1))

    assert (piso.familias, piso.mensal_centavos) == (familias, mensal)
    assert (piso.evidencia, piso.fundamento.norma) == ("confirmado", "Portaria MDS nº 116/2013")
    assert "datas" in piso.observacao


def test_fora_da_vigencia_e_sem_familia():
    with pytest.raises(ParametroForaDeVigencia):
        piso_por_cras(familias=1, em=date(2005, 8, 25))
    with pytest.raises(ParametroForaDeVigencia):
        piso_por_porte(porte=Porte.MEDIO, em=date(2014, 1, 1))
    with pytest.raises(ValueError, match="ao menos 1 família, e foram informadas 0"):
        piso_por_cras(familias=0, em=date(2014, 1, 1))
