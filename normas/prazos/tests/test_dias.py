"""Dias úteis, contagem de prazos e panes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normas.base.competencia import Competencia
from normas.prazos.contagem import no_mes, vence_em_dias, vence_em_dias_uteis, vence_em_meses
from normas.prazos.dias_uteis import DiasUteis
from normas.prazos.panes import BRASILIA, Credito, Pane, creditar

NACIONAL = DiasUteis()
CAPIXABA = DiasUteis(uf="ES", locais={date(2026, 9, 8): "Aniversário da cidade"})
DIAS = st.dates(date(2005, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("dia", "porque"),
    [
        (date(2026, 4, 20), ""),
        (date(2026, 4, 21), "Tiradentes"),
        (date(2026, 4, 3), "Sexta-feira Santa"),
        (date(2026, 11, 20), "Dia Nacional de Zumbi e da Consciência Negra"),
        (date(2023, 11, 20), ""),
        (date(2026, 11, 21), "sábado"),
        (date(2026, 11, 22), "domingo"),
        (date(2026, 2, 17), ""),
        (date(2026, 11, 15), "Proclamação da República"),
    ],
)
def test_o_feriado_nacional_e_o_do_ano_em_que_a_lei_o_fez(dia, porque):
    assert NACIONAL.porque_nao(dia) == porque
    assert NACIONAL.util(dia) is not bool(porque)


def test_o_estado_e_o_municipio_tem_os_seus():
    assert CAPIXABA.porque_nao(date(2026, 4, 13)) == "Nossa Senhora da Penha"
    assert NACIONAL.util(date(2026, 4, 13))
    assert CAPIXABA.porque_nao(date(2026, 9, 8)) == "Aniversário da cidade"
    with pytest.raises(ValueError, match="“XX” não é a sigla"):
        DiasUteis(uf="XX").util(date(2026, 4, 13))


def test_somar_e_contar_dias_uteis():
    # 30/04/2026 é quinta; 01/05 é feriado
    assert NACIONAL.somar(date(2026, 4, 30), 1) == date(2026, 5, 4)
    assert NACIONAL.somar(date(2026, 4, 30), 0) == date(2026, 4, 30)
    assert NACIONAL.entre(date(2026, 4, 30), date(2026, 5, 4)) == 1
    assert NACIONAL.entre(date(2026, 5, 4), date(2026, 4, 30)) == -1
    # de segunda a sexta, sem feriado: o primeiro dia não conta
    assert NACIONAL.entre(date(2026, 3, 9), date(2026, 3, 13)) == 4
    assert NACIONAL.entre(date(2026, 3, 9), date(2026, 3, 9)) == 0
    with pytest.raises(ValueError, match="conta-se de 0 em diante"):
        NACIONAL.somar(date(2026, 4, 30), -1)


@settings(deadline=None)
@given(DIAS, st.integers(0, 60))
def test_somar_e_contar_desfazem_um_ao_outro(dia, quantos):
    fim = CAPIXABA.somar(dia, quantos)

    assert CAPIXABA.entre(dia, fim) == quantos
    assert quantos == 0 or CAPIXABA.util(fim)


@settings(deadline=None)
@given(DIAS)
def test_o_util_desde_e_util_e_o_primeiro(dia):
    util = NACIONAL.util_desde(dia)

    assert NACIONAL.util(util)
    assert all(not NACIONAL.util(dia + timedelta(days=passo)) for passo in range((util - dia).days))


@pytest.mark.parametrize(
    ("comeco", "dias", "contado", "vence", "por"),
    [
        pytest.param(date(2026, 3, 2), 30, date(2026, 4, 1), date(2026, 4, 1), "", id="o dia do começo não conta"),
        pytest.param(date(2026, 3, 4), 30, date(2026, 4, 3), date(2026, 4, 6), "Sexta-feira Santa", id="feriado"),
        pytest.param(date(2026, 3, 5), 30, date(2026, 4, 4), date(2026, 4, 6), "sábado", id="sábado"),
    ],
)
def test_prazo_em_dias_corridos(comeco, dias, contado, vence, por):
    vencimento = vence_em_dias(comeco=comeco, dias=dias, calendario=NACIONAL)

    assert (vencimento.contado, vencimento.dia, vencimento.adiado_por) == (contado, vence, por)
    assert vencimento.adiado is bool(por)
    assert vencimento.fundamento.dispositivo == ("art. 66, § 1º" if por else "art. 66, caput e § 2º")


@pytest.mark.parametrize(
    ("comeco", "meses", "vence"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 16)),
        (date(2026, 1, 31), 1, date(2026, 3, 2)),  # 28/02/2026 é sábado
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 11, 30), 3, date(2026, 3, 2)),
        (date(2026, 8, 31), 12, date(2027, 8, 31)),
    ],
)
def test_prazo_em_meses_vai_de_data_a_data(comeco, meses, vence):
    vencimento = vence_em_meses(comeco=comeco, meses=meses, calendario=NACIONAL)

    assert vencimento.dia == vence
    assert vencimento.fundamento.dispositivo == ("art. 66, § 1º" if vencimento.adiado else "art. 66, caput e § 3º")


def test_prazo_em_dias_uteis_e_prazo_de_nada():
    vencimento = vence_em_dias_uteis(comeco=date(2026, 4, 17), dias=3, calendario=NACIONAL)

    assert (vencimento.dia, vencimento.adiado, vencimento.adiado_por) == (date(2026, 4, 23), False, "")
    assert vencimento.fundamento.norma == "Leitura do projeto"
    for contar, argumento in [(vence_em_dias, "dias"), (vence_em_meses, "meses"), (vence_em_dias_uteis, "dias")]:
        with pytest.raises(ValueError, match="0 não serve como prazo"):
            contar(comeco=date(2026, 4, 17), calendario=NACIONAL, **{argumento: 0})


@settings(deadline=None)
@given(DIAS, st.integers(1, 400))
def test_nenhum_prazo_vence_antes_do_contado_nem_em_dia_sem_expediente(comeco, dias):
    vencimento = vence_em_dias(comeco=comeco, dias=dias, calendario=CAPIXABA)

    assert vencimento.contado == comeco + timedelta(days=dias)
    assert vencimento.dia >= vencimento.contado
    assert CAPIXABA.util(vencimento.dia)


def test_no_mes_o_dia_que_falta_e_o_ultimo():
    assert no_mes(Competencia(2026, 2), 31) == date(2026, 2, 28)
    assert no_mes(Competencia(2026, 2), 20) == date(2026, 2, 20)


def pane(desde, ate, sistema="RMA"):
    return Pane(
        sistema=sistema,
        desde=datetime.fromisoformat(desde).replace(tzinfo=BRASILIA),
        ate=datetime.fromisoformat(ate).replace(tzinfo=BRASILIA),
        fonte="aviso do ministério",
    )


def com_credito(*panes, fecha=date(2026, 4, 30), abre=date(2026, 4, 1)):
    return creditar(sistema="RMA", abre=abre, fecha=fecha, panes=panes, calendario=NACIONAL, em=fecha)


def test_sem_pane_o_prazo_e_o_mesmo_ainda_que_caia_num_domingo():
    assert com_credito(fecha=date(2026, 5, 31)) == Credito(fecha=date(2026, 5, 31), dias=())


def test_o_dia_de_pane_volta_ao_prazo_e_o_fim_cai_em_dia_util():
    credito = com_credito(pane("2026-04-29 08:00", "2026-04-29 14:00"))

    # 30/04 mais um dia é 01/05, feriado; depois vem o fim de semana
    assert credito == Credito(fecha=date(2026, 5, 4), dias=(date(2026, 4, 29),))


@pytest.mark.parametrize(
    ("panes", "dias"),
    [
        pytest.param([("04-14 08:00", "04-14 11:59")], 0, id="menos de quatro horas"),
        pytest.param([("04-14 08:00", "04-14 12:00")], 1, id="quatro horas"),
        pytest.param([("04-14 08:00", "04-14 10:00"), ("04-14 15:00", "04-14 17:00")], 1, id="somadas"),
        pytest.param([("04-14 08:00", "04-14 11:00"), ("04-14 09:00", "04-14 11:30")], 0, id="a mesma, duas vezes"),
        pytest.param([("04-14 22:00", "04-16 05:00")], 2, id="passa da meia-noite"),
        pytest.param([("03-31 00:00", "03-31 23:59")], 0, id="antes de abrir"),
        pytest.param([("05-06 00:00", "05-06 23:59")], 0, id="depois de fechar"),
        pytest.param([("04-30 00:00", "05-02 00:00")], 2, id="entra nos dias devolvidos"),
        pytest.param([("04-30 00:00", "05-05 00:00")], 5, id="e outra vez nos que estes devolvem"),
        pytest.param([("04-29 00:00", "04-30 00:00"), ("05-02 00:00", "05-03 00:00")], 1, id="um dia além"),
        pytest.param([("04-01 00:00", "04-01 23:00")], 1, id="no dia em que abre"),
        pytest.param(
            [("04-14 08:00", "04-14 10:00"), ("04-14 10:00", "04-14 12:00")], 1, id="uma logo depois da outra"
        ),
        pytest.param([("04-14 20:00", "04-15 00:00")], 1, id="até a meia-noite em ponto"),
    ],
)
def test_que_dias_sao_de_pane(panes, dias):
    assert len(com_credito(*(pane(f"2026-{desde}", f"2026-{ate}") for desde, ate in panes)).dias) == dias


def test_a_pane_de_outro_sistema_nao_conta_e_sem_abertura_conta_desde_sempre():
    assert com_credito(pane("2026-04-14 00:00", "2026-04-15 00:00", sistema="SISC")).dias == ()
    assert com_credito(pane("2026-03-14 00:00", "2026-03-15 00:00"), abre=None).dias == (date(2026, 3, 14),)


def test_a_pane_se_conta_no_dia_de_brasilia():
    utc = Pane(
        sistema="RMA",
        desde=datetime(2026, 4, 15, 0, 0, tzinfo=UTC),
        ate=datetime(2026, 4, 15, 3, 0, tzinfo=UTC),
        fonte="medição",
    )
    noite = pane("2026-04-14 20:00", "2026-04-14 21:00")

    # das 21h à meia-noite do dia 14, em Brasília, e a hora de antes
    assert com_credito(utc, noite).dias == (date(2026, 4, 14),)


def test_pane_sem_fuso_ou_que_acaba_antes_se_recusa():
    manha, tarde = datetime(2026, 4, 14, 11, tzinfo=UTC), datetime(2026, 4, 14, 12, 30, tzinfo=UTC)
    for desde, ate in [(manha, tarde.replace(tzinfo=None)), (manha.replace(tzinfo=None), tarde)]:
        with pytest.raises(ValueError, match=r"^O começo e o fim da pane precisam dizer o fuso horário\.$"):
            Pane(sistema="RMA", desde=desde, ate=ate, fonte="x")
    frase = r"^A pane termina em 14/04/2026 às 08h00 e começa em 14/04/2026 às 09h30: o fim vem depois do começo\.$"
    with pytest.raises(ValueError, match=frase):
        Pane(sistema="RMA", desde=tarde, ate=manha, fonte="x")
    with pytest.raises(ValueError, match="o fim vem depois"):
        Pane(sistema="RMA", desde=manha, ate=manha, fonte="x")


def test_as_horas_sao_as_que_passaram_ainda_que_o_relogio_mude():
    # em 2018-11-04, à meia-noite, o relógio de Brasília pulou para 1h: o dia teve 23 horas
    def dias(desde, ate):
        avancada = pane(desde, ate)
        credito = creditar(
            sistema="RMA",
            abre=None,
            fecha=date(2018, 11, 30),
            panes=[avancada],
            calendario=NACIONAL,
            em=date(2018, 11, 30),
        )
        return credito.dias

    assert dias("2018-11-04 01:00", "2018-11-04 05:00") == (date(2018, 11, 4),)
    assert dias("2018-11-03 23:00", "2018-11-04 04:30") == ()


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60 * 24), st.integers(1, 72)), max_size=8))
def test_o_credito_nunca_encurta_e_nao_depende_da_ordem_nem_da_repeticao(horas):
    comeco = datetime(2026, 4, 1, tzinfo=BRASILIA)
    panes = [
        Pane(sistema="RMA", desde=comeco + timedelta(hours=h), ate=comeco + timedelta(hours=h + d), fonte="x")
        for h, d in horas
    ]
    credito = com_credito(*panes)

    assert credito.fecha >= date(2026, 4, 30) + timedelta(days=len(credito.dias))
    assert credito == com_credito(*reversed(panes), *panes)
    assert list(credito.dias) == sorted(set(credito.dias))
