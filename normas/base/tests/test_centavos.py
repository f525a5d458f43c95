"""Dinheiro: ler, escrever e repartir sem perder centavo."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normas.base.centavos import em_decimal, em_reais, ler_reais, ratear, ratear_igualmente


@pytest.mark.parametrize(
    ("texto", "centavos"),
    [
        ("0", 0),
        ("1", 100),
        ("1.8", 180),
        ("1.80", 180),
        ("1.08", 108),
        ("0.05", 5),
        ("50000000.00", 5_000_000_000),
        ("007.10", 710),
    ],
)
def test_le_reais(texto, centavos):
    assert ler_reais(texto) == centavos


@pytest.mark.parametrize("texto", ["", "-1", "+1", "1,5", "1.", ".5", "1.234", "1 000", "1e3", "٣", "1.5\n"])
def test_recusa_o_que_nao_e_valor(texto):
    with pytest.raises(ValueError, match="não é um valor em reais"):
        ler_reais(texto)


@pytest.mark.parametrize("tamanho", [41, 5000])
def test_recusa_algarismos_demais(tamanho):
    with pytest.raises(ValueError, match=r"^“9+” tem algarismos demais\. Use até 40\.$"):
        ler_reais("9" * tamanho)


def test_le_quarenta_algarismos():
    assert ler_reais("9" * 40) == int("9" * 40) * 100


@pytest.mark.parametrize(
    ("centavos", "decimal", "reais"),
    [
        (0, "0.00", "R$ 0,00"),
        (5, "0.05", "R$ 0,05"),
        (123456, "1234.56", "R$ 1.234,56"),
        (100_000_000, "1000000.00", "R$ 1.000.000,00"),
        (-5, "-0.05", "-R$ 0,05"),
        (-123456, "-1234.56", "-R$ 1.234,56"),
    ],
)
def test_escreve(centavos, decimal, reais):
    assert (em_decimal(centavos), em_reais(centavos)) == (decimal, reais)


@given(st.integers(0, 10**12))
def test_o_que_escreve_se_le(centavos):
    assert ler_reais(em_decimal(centavos)) == centavos


@pytest.mark.parametrize(
    ("total", "pesos", "partes"),
    [
        pytest.param(10, {"a": 1, "b": 1}, [5, 5], id="sem resto"),
        pytest.param(10, {"a": 1, "b": 1, "c": 1}, [4, 3, 3], id="restos iguais: o primeiro"),
        pytest.param(11, {"a": 1, "b": 1, "c": 1}, [4, 4, 3], id="restos iguais: os dois primeiros"),
        pytest.param(10, {"a": 1, "b": 2}, [3, 7], id="o maior resto vence a ordem"),
        pytest.param(1, {"a": 0, "b": 1}, [0, 1], id="peso zero não recebe"),
        pytest.param(0, {"a": 3, "b": 4}, [0, 0], id="nada a repartir"),
        pytest.param(7, {"a": 5}, [7], id="um só"),
    ],
)
def test_rateia_por_maiores_restos(total, pesos, partes):
    assert list(ratear(total=total, pesos=pesos).values()) == partes


@given(
    st.integers(0, 10**12),
    st.dictionaries(st.text(max_size=3), st.integers(0, 10**9), min_size=1).filter(lambda p: any(p.values())),
)
def test_o_rateio_devolve_o_que_recebeu_e_fica_a_menos_de_um_centavo(total, pesos):
    partes = ratear(total=total, pesos=pesos)

    soma = sum(pesos.values())
    assert sum(partes.values()) == total
    assert list(partes) == list(pesos)
    for chave, parte in partes.items():
        assert abs(parte * soma - total * pesos[chave]) < soma
        assert pesos[chave] or parte == 0


@pytest.mark.parametrize(
    ("total", "pesos", "frase"),
    [
        (-1, {"a": 1}, "o total é negativo"),
        (1, {"a": -1, "b": 3}, "peso negativo"),
        (1, {"a": 0}, "a soma dos pesos é zero"),
        (1, {}, "a soma dos pesos é zero"),
    ],
)
def test_recusa_o_que_nao_se_reparte(total, pesos, frase):
    with pytest.raises(ValueError, match=frase):
        ratear(total=total, pesos=pesos)


def test_rateia_igualmente_com_os_centavos_aos_primeiros():
    assert ratear_igualmente(total=11, entre=["x", "y", "z"]) == {"x": 4, "y": 4, "z": 3}
