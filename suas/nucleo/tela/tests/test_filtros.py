from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from suas.nucleo.tela import filtros


@pytest.mark.parametrize(
    ("valor", "casas", "texto"),
    [
        pytest.param(0, None, "0", id="zero"),
        pytest.param(999, None, "999", id="sem milhar"),
        pytest.param(1234567, None, "1.234.567", id="milhares"),
        pytest.param(-1234, None, "−1.234", id="negativo com sinal tipográfico"),
        pytest.param(Decimal("1234.50"), None, "1.234,50", id="mantém as casas que vieram"),
        pytest.param(Decimal("0.0000005"), 6, "0,000001", id="meio para cima"),
        pytest.param(0.1, None, "0,1", id="float sem cauda"),
        pytest.param(Fraction(2, 3), 6, "0,666667", id="fração"),
        pytest.param(Decimal("2.5"), 0, "3", id="meio inteiro para cima"),
        pytest.param(Decimal("-0.4"), 0, "0", id="não escreve menos zero"),
        pytest.param(None, 2, "—", id="ausente"),
    ],
)
def test_numero_se_escreve_com_ponto_no_milhar_e_virgula_na_casa(valor, casas, texto):
    assert filtros.numero(valor, casas) == texto


@pytest.mark.parametrize(
    ("centavos", "texto"),
    [
        (0, "R$ 0,00"),
        (5, "R$ 0,05"),
        (123456, "R$ 1.234,56"),
        (5_000_000_000, "R$ 50.000.000,00"),
        (-123456, "−R$ 1.234,56"),
        (None, "—"),
    ],
)
def test_reais_parte_de_centavos_inteiros(centavos, texto):
    assert filtros.reais(centavos).replace("\N{NO-BREAK SPACE}", " ") == texto


@pytest.mark.parametrize(
    ("centavos", "texto"),
    [
        (99_900, "R$ 999,00"),
        (100_000, "R$ 1 mil"),
        (410_000_000, "R$ 4,1 mi"),
        (99_999_999, "R$ 1 mi"),
        (5_000_000_000, "R$ 50 mi"),
        (123_456_789_012, "R$ 1,2 bi"),
        (-410_000_000, "−R$ 4,1 mi"),
        (None, "—"),
    ],
)
def test_reais_de_destaque_arredonda_e_diz_a_grandeza(centavos, texto):
    assert filtros.reais_curto(centavos).replace("\N{NO-BREAK SPACE}", " ") == texto


def test_porcentagem_parte_da_proporcao():
    assert filtros.porcentagem(Fraction(1, 8)) == "12,5%"
    assert filtros.porcentagem(Decimal("0.0266"), 2) == "2,66%"
    assert filtros.porcentagem(None) == "—"


def test_diferenca_mostra_o_sinal():
    assert [filtros.com_sinal(v) for v in (3, 0, -2, None)] == ["+3", "0", "−2", "—"]


def test_dia_de_um_instante_e_o_de_brasilia():
    madrugada_em_utc = datetime(2027, 1, 1, 1, 30, tzinfo=UTC)

    assert filtros.dia(date(2026, 12, 31)) == "31/12/2026"
    assert filtros.dia(madrugada_em_utc) == "31/12/2026"
    assert filtros.momento(madrugada_em_utc) == "31/12/2026 às 22:30"
    assert filtros.momento(None) == filtros.dia(None) == "—"


def test_instante_sem_fuso_nao_se_mostra():
    with pytest.raises(ValueError, match="sem fuso"):
        filtros.momento(datetime(2026, 12, 31, 14, 32))  # noqa: DTZ001 - é o caso testado


def test_plural_concorda_com_a_quantidade():
    assert filtros.plural(1, "município", "municípios") == "1 município"
    assert filtros.plural(0, "município", "municípios") == "0 municípios"
    assert filtros.plural(5570, "município", "municípios") == "5.570 municípios"
