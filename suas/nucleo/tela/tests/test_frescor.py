"""O prazo de conferência é um só, e as palavras também."""

from datetime import UTC, datetime, timedelta

import pytest

from suas.nucleo.identidade.tests.fabricas import HOJE
from suas.nucleo.tela import frescor

MEIO_DIA = datetime(HOJE.year, HOJE.month, HOJE.day, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "dias, diz, velho",
    [
        (0, "conferida hoje", False),
        (1, "conferida há 1 dia", False),
        (59, "conferida há 59 dias", False),
        (60, "conferida há 1 mês", False),
        (180, "conferida há 5 meses", False),
        (181, "conferida há 5 meses", True),
        (729, "conferida há 23 meses", True),
        (730, "conferida há 2 anos", True),
    ],
)
def test_o_tempo_sem_conferencia_se_diz_em_palavras_e_passa_do_prazo_em_180_dias(dias, diz, velho):
    quando = MEIO_DIA - timedelta(days=dias)

    assert frescor.em_palavras(quando, hoje=HOJE, como="conferida") == diz
    assert frescor.esta_velho(quando, hoje=HOJE) is velho


def test_o_que_ninguem_conferiu_e_velho_e_a_entidade_tem_um_ano():
    assert frescor.esta_velho(None, hoje=HOJE)
    assert frescor.em_palavras(None, hoje=HOJE, como="conferida") == ""
    assert not frescor.esta_velho(MEIO_DIA - timedelta(days=300), hoje=HOJE, de=frescor.ENTIDADES)


def test_conferido_tarde_da_noite_em_brasilia_foi_hoje_e_nao_amanha():
    onze_da_noite = MEIO_DIA + timedelta(hours=11)

    assert frescor.em_palavras(onze_da_noite, hoje=HOJE, como="conferido") == "conferido hoje"
