"""Vigência, competência, exercício e fundamento."""

from __future__ import annotations

from datetime import date

import pytest

from normas.base.competencia import Competencia
from normas.base.exercicio import Exercicio
from normas.base.fundamento import Fundamento
from normas.base.inconsistencia import Gravidade, Inconsistencia
from normas.base.vigencia import Vigencia

NOB = Vigencia(date(2005, 7, 25), date(2013, 1, 3))


@pytest.mark.parametrize(
    ("dia", "contem", "mais_proximo"),
    [
        (date(2005, 7, 24), False, date(2005, 7, 25)),
        (date(2005, 7, 25), True, date(2005, 7, 25)),
        (date(2010, 1, 1), True, date(2010, 1, 1)),
        (date(2013, 1, 2), True, date(2013, 1, 2)),
        (date(2013, 1, 3), False, date(2013, 1, 2)),
        (date(2020, 1, 1), False, date(2013, 1, 2)),
    ],
)
def test_a_vigencia_inclui_o_primeiro_dia_e_exclui_o_ultimo(dia, contem, mais_proximo):
    assert NOB.contem(dia) is contem
    assert NOB.mais_proximo(dia) == mais_proximo


def test_vigencia_sem_fim():
    aberta = Vigencia(date(2004, 10, 28))

    assert aberta.contem(date(2100, 1, 1))
    assert not aberta.contem(date(2004, 10, 27))
    assert aberta.mais_proximo(date(2100, 1, 1)) == date(2100, 1, 1)
    assert aberta.mais_proximo(date(2000, 1, 1)) == date(2004, 10, 28)
    assert str(aberta) == "desde 28/10/2004"
    assert str(NOB) == "de 25/07/2005 a 02/01/2013"


@pytest.mark.parametrize("ate", [date(2005, 7, 25), date(2005, 7, 24)])
def test_vigencia_que_nao_dura_e_recusada(ate):
    with pytest.raises(ValueError, match="o fim vem depois do começo"):
        Vigencia(date(2005, 7, 25), ate)


def test_competencia_se_le_e_se_escreve_em_iso():
    janeiro = Competencia.de_texto("2026-01")

    assert (janeiro.ano, janeiro.mes, str(janeiro)) == (2026, 1, "2026-01")
    assert (janeiro.desde, janeiro.ate) == (date(2026, 1, 1), date(2026, 2, 1))
    assert str(Competencia(2026, 11).seguinte) == "2026-12"
    assert str(Competencia(2026, 12).seguinte) == "2027-01"
    assert Competencia(2025, 12) < janeiro


@pytest.mark.parametrize(
    ("meses", "antes"), [(0, "2026-01"), (1, "2025-12"), (12, "2025-01"), (13, "2024-12"), (-1, "2026-02")]
)
def test_os_meses_antes_atravessam_o_ano(meses, antes):
    assert str(Competencia(2026, 1).meses_antes(meses)) == antes


@pytest.mark.parametrize("texto", ["", "01/2026", "2026-1", "2026-13", "2026-00", "0999-01", "2026-01 "])
def test_competencia_que_nao_serve(texto):
    with pytest.raises(ValueError, match="Escreva ano e mês, como 2026-01"):
        Competencia.de_texto(texto)


def test_bordas_da_competencia():
    assert str(Competencia(1000, 1)) == "1000-01"
    assert str(Competencia(9999, 12)) == "9999-12"
    with pytest.raises(ValueError, match="não é uma competência"):
        Competencia(10000, 1)


@pytest.mark.parametrize("ano", [1988, 2006, 2199])
def test_exercicio_e_o_ano_civil(ano):
    exercicio = Exercicio(ano)

    assert (exercicio.primeiro_dia, exercicio.ultimo_dia) == (date(ano, 1, 1), date(ano, 12, 31))
    assert str(exercicio) == str(ano)


@pytest.mark.parametrize("ano", [1987, 2200])
def test_exercicio_que_nao_serve(ano):
    with pytest.raises(ValueError, match=f"{ano} não é um exercício. Escreva um ano entre 1988 e 2199."):
        Exercicio(ano)


def test_fundamento_se_escreve_como_se_cita():
    assert str(Fundamento("NOB/SUAS 2005", "item 5.5, I, a")) == "NOB/SUAS 2005, item 5.5, I, a"


@pytest.mark.parametrize(
    ("gravidade", "impede"), [(Gravidade.IMPEDE, True), (Gravidade.JUSTIFICAR, False), (Gravidade.AVISA, False)]
)
def test_so_a_inconsistencia_que_impede_segura_o_envio(gravidade, impede):
    achada = Inconsistencia(
        regra="V1", itens=("A.2",), gravidade=gravidade, mensagem="Confira.", fundamento=Fundamento("RMA", "A.2")
    )

    assert achada.impede_envio is impede
