"""O mínimo da norma, a capacidade e a lacuna de um município, nas bordas."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normas.rede.cobertura_municipal import cobertura_municipal, familias_estimadas, regra_de_cras
from normas.territorio.porte import Porte

REGRA = regra_de_cras(em=date(2006, 1, 1))


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
def test_rede_no_minimo_nao_tem_lacuna_e_tem_a_capacidade_da_norma(porte: Porte, minimo: int, familias: int) -> None:
    cobertura = cobertura_municipal(
        porte=porte,
        existentes=minimo,
        capacidade_informada=0,
        sem_capacidade=minimo,
        referenciadas=None,
        regra=REGRA,
    )

    assert (cobertura.minimo, cobertura.lacuna, cobertura.capacidade) == (minimo, 0, minimo * familias)


@given(existentes=st.integers(0, 50), informada=st.integers(0, 10**6), porte=st.sampled_from(Porte))
def test_a_lacuna_nunca_e_negativa_e_some_com_o_minimo(existentes: int, informada: int, porte: Porte) -> None:
    cobertura = cobertura_municipal(
        porte=porte,
        existentes=existentes,
        capacidade_informada=informada,
        sem_capacidade=0,
        referenciadas=None,
        regra=REGRA,
    )

    assert cobertura.lacuna == max(cobertura.minimo - existentes, 0)
    assert cobertura.capacidade == informada


@pytest.mark.parametrize(("referenciadas", "alem"), [(None, 0), (2500, 0), (2501, 1)])
def test_familias_alem_da_capacidade(referenciadas: int | None, alem: int) -> None:
    cobertura = cobertura_municipal(
        porte=Porte.PEQUENO_I,
        existentes=1,
        capacidade_informada=0,
        sem_capacidade=1,
        referenciadas=referenciadas,
        regra=REGRA,
    )

    assert cobertura.alem_da_capacidade == alem


@pytest.mark.parametrize("numeros", [{"existentes": -1}, {"sem_capacidade": 2}, {"referenciadas": -5}])
def test_numeros_que_nao_fecham_sao_recusados(numeros: dict[str, int]) -> None:
    base = {"existentes": 1, "capacidade_informada": 0, "sem_capacidade": 0, "referenciadas": None}

    with pytest.raises(ValueError, match="não fecham"):
        cobertura_municipal(porte=Porte.PEQUENO_I, regra=REGRA, **(base | numeros))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dia", "vigente"),
    [(date(2005, 7, 25), True), (date(2005, 7, 24), False), (date(2012, 12, 31), True), (date(2026, 11, 22), False)],
)
def test_fora_da_vigencia_a_regra_e_a_mais_proxima_e_diz_que_nao_vigora(dia: date, vigente: bool) -> None:
    regra = regra_de_cras(em=dia)

    assert regra.vigente is vigente
    assert regra.minimo(Porte.METROPOLE) == 8


@pytest.mark.parametrize(("habitantes", "familias"), [(20_000, 5000), (20_001, 5001), (1, 1)])
def test_familias_estimadas_arredondam_para_cima(habitantes: int, familias: int) -> None:
    assert familias_estimadas(habitantes=habitantes, em=date(2026, 1, 1)) == familias
