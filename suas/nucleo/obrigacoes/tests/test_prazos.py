"""Os prazos de cada lugar: prorrogação, pane e feriado registrados mudam o último dia onde valem, e só lá."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from normas.base.fundamento import Fundamento
from normas.prazos.calendario import calendario
from normas.prazos.periodos import Periodo
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.obrigacoes.acoes import registros
from suas.nucleo.obrigacoes.prazos import Calendario
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado

pytestmark = pytest.mark.django_db
ATO = Fundamento("Portaria do Exemplo nº 1/2026", "art. 1º")
JANEIRO = calendario("RMA").janela("2026-01", etapa="preenchimento")


@pytest.fixture
def federal():
    return identidade.ator(papeis.ADMINISTRACAO_FEDERAL, "BR")


def prorrogar(por, *, fecha, onde="BR"):
    return registros.prorrogar(
        sistema="RMA",
        periodo="2026-01",
        etapa="preenchimento",
        fecha=fecha,
        onde=onde,
        fundamento=ATO,
        por=por,
        em=AGORA,
    )


def pane(por, *, dia, onde="BR"):
    return registros.registrar_pane(
        sistema="RMA",
        desde=datetime(2026, dia.month, dia.day, 12, tzinfo=UTC),
        ate=datetime(2026, dia.month, dia.day, 20, tzinfo=UTC),
        onde=onde,
        fundamento=ATO,
        por=por,
        em=AGORA,
    )


def ultimo(onde):
    return Calendario().prazo(JANEIRO, em=onde).ultimo


def test_sem_registro_vale_o_dia_escrito():
    assert {ultimo(onde) for onde in ("BR", "32", "3205309")} == {date(2026, 2, 28)}


def test_a_prorrogacao_do_estado_so_vale_no_estado_e_a_origem_fica(federal):
    prorrogar(federal, fecha=date(2026, 3, 10), onde="32")
    prazo = Calendario().prazo(JANEIRO, em="3205309")

    assert (prazo.ultimo, prazo.janela.fecha_na_origem, prazo.mudou) == (date(2026, 3, 10), date(2026, 2, 28), True)
    assert ultimo("3304557") == ultimo("BR") == date(2026, 2, 28)


def test_a_prorrogacao_da_uniao_alcanca_todos_e_a_mais_longa_vale(federal):
    prorrogar(federal, fecha=date(2026, 3, 10))
    prorrogar(federal, fecha=date(2026, 3, 20), onde="32")

    assert (ultimo("3205309"), ultimo("3304557")) == (date(2026, 3, 20), date(2026, 3, 10))
    assert len(Calendario().prazo(JANEIRO, em="32").janela.prorrogacoes) == 2


def test_a_prorrogacao_que_nao_vem_depois_e_recusada_com_a_data_que_vale(federal):
    with pytest.raises(AtoRecusado, match="já vai até 28/02/2026"):
        prorrogar(federal, fecha=date(2026, 2, 28))


def test_a_pane_devolve_o_dia_e_termina_em_dia_util_do_lugar(federal):
    pane(federal, dia=date(2026, 2, 27))  # 28/02 é sábado: 1º/03 é domingo, e o dia devolvido vai à segunda

    assert ultimo("3205309") == date(2026, 3, 2)
    registros.registrar_feriado(
        dia=date(2026, 3, 2), nome="Padroeira do Exemplo", onde="3205309", fundamento=ATO, por=federal, em=AGORA
    )
    assert (ultimo("3205309"), ultimo("3200102")) == (date(2026, 3, 3), date(2026, 3, 2))


def test_o_que_se_anula_deixa_de_valer_e_fica_com_o_motivo(federal):
    prorrogada = prorrogar(federal, fecha=date(2026, 3, 10))

    registros.anular(registro=prorrogada, motivo="A portaria foi revogada.", por=federal, em=AGORA)

    prorrogada.refresh_from_db()
    assert (ultimo("BR"), prorrogada.motivo) == (date(2026, 2, 28), "A portaria foi revogada.")
    with pytest.raises(AtoRecusado, match="já foi anulado"):
        registros.anular(registro=prorrogada, motivo="Outra vez, por engano.", por=federal, em=AGORA)


def abrir_censo(por, onde, *, periodo="2026"):
    return registros.abrir_janela(
        sistema="CENSO",
        periodo=periodo,
        etapa="preenchimento",
        abre=date(2026, 9, 14),
        fecha=date(2026, 12, 4),
        onde=onde,
        fundamento=ATO,
        por=por,
        em=AGORA,
    )


def test_o_periodo_registrado_pelo_estado_vale_nele_e_o_da_uniao_prevalece(federal):
    abrir_censo(federal, "32")
    do_ano = Periodo.de_texto("2026")

    assert [a.territorio for a in Calendario().janelas("CENSO", do_ano, onde="3205309")] == ["32"]
    assert Calendario().janelas("CENSO", do_ano, onde="33") == []
    abrir_censo(federal, "BR")
    assert [a.territorio for a in Calendario().janelas("CENSO", do_ano, onde="3205309")] == ["BR"]


def test_nao_se_abre_o_que_ja_tem_data_nem_periodo_de_outra_forma(federal):
    with pytest.raises(AtoRecusado, match="já tem prazo até 29/12/2023"):
        abrir_censo(federal, "BR", periodo="2023")
    with pytest.raises(AtoRecusado, match="é por ano"):
        abrir_censo(federal, "BR", periodo="2026-01")


def test_o_municipio_nao_prorroga(federal):
    with pytest.raises(AtoRecusado, match="na União ou no estado"):
        prorrogar(federal, fecha=date(2026, 3, 10), onde="3205309")
