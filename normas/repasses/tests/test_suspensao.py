"""Suspensão, retomada e saldo."""

from __future__ import annotations

import pytest

from normas.base.competencia import Competencia
from normas.repasses.suspensao import DestinoDoSaldo, Suspensao, destino_do_saldo, parcela_devida

MARCO, MAIO = Competencia(2006, 3), Competencia(2006, 5)


@pytest.mark.parametrize(("mes", "devida"), [(2, True), (3, False), (4, False), (5, True), (12, True)])
def test_o_mes_suspenso_nao_se_deve_nem_depois(mes, devida):
    suspensao = Suspensao(desde=MARCO, motivo="Conselho sem composição.", regularizada_em=MAIO)

    conta = parcela_devida(competencia=Competencia(2006, mes), suspensoes=[suspensao])

    assert conta.devida is devida
    assert ("Suspensa desde 2006-03: Conselho sem composição. Volta em 2006-05" in conta.motivo) is not devida


def test_sem_regularizacao_a_suspensao_segue_e_sem_suspensao_tudo_se_deve():
    aberta = Suspensao(desde=MARCO, motivo="Conselho sem composição")

    assert not parcela_devida(competencia=Competencia(2010, 1), suspensoes=[aberta]).devida
    assert parcela_devida(competencia=MARCO, suspensoes=[]).devida


def test_a_suspensao_tem_motivo_e_nao_acaba_antes_de_comecar():
    with pytest.raises(ValueError, match="nada se interrompe em silêncio"):
        Suspensao(desde=MARCO, motivo=" ")
    with pytest.raises(ValueError, match="vem antes da suspensão"):
        Suspensao(desde=MAIO, motivo="x", regularizada_em=MARCO)
    assert not Suspensao(desde=MARCO, motivo="x", regularizada_em=MARCO).alcanca(MARCO)


@pytest.mark.parametrize(
    ("saldo", "sem_interrupcao", "aprovou", "destino"),
    [
        (0, None, None, DestinoDoSaldo.NADA),
        (100, True, True, DestinoDoSaldo.REPROGRAMAR),
        (100, False, True, DestinoDoSaldo.DEVOLVER),
        (100, True, False, DestinoDoSaldo.DEVOLVER),
        (100, None, False, DestinoDoSaldo.DEVOLVER),
        (100, None, True, DestinoDoSaldo.A_DECIDIR),
        (100, True, None, DestinoDoSaldo.A_DECIDIR),
    ],
)
def test_o_destino_do_saldo(saldo, sem_interrupcao, aprovou, destino):
    conta = destino_do_saldo(saldo_centavos=saldo, servico_sem_interrupcao=sem_interrupcao, conselho_aprovou=aprovou)

    assert conta.destino is destino
    assert saldo == 0 or "R$ 1,00" in conta.motivo


def test_saldo_negativo_nao_existe():
    with pytest.raises(ValueError, match="não pode ser negativo"):
        destino_do_saldo(saldo_centavos=-1, servico_sem_interrupcao=True, conselho_aprovou=True)
