"""O que o quadro põe em “A fazer”, a quem, e a lista que cada número abre."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from suas.cadastros.rede.models import Unidade
from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.tests.fabricas import VITORIA, municipio
from suas.cadastros.trabalhadores import a_fazer
from suas.cadastros.trabalhadores.consultas import quadro
from suas.cadastros.trabalhadores.tests import fabricas
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis

pytestmark = pytest.mark.django_db
SERRA = "3205002"
ANTES = AGORA - timedelta(days=200)


@pytest.fixture
def cras() -> Unidade:
    identidade.instalacao()
    municipio(VITORIA, habitantes=365_000)
    return rede.unidade("CRAS Centro", capacidade=5_000)


def de(papel: Any = papeis.GESTAO_MUNICIPAL, onde: str = VITORIA, **mais: Any) -> dict[str, str]:
    """Título -> situação do que espera por um vínculo."""
    return {p.titulo: p.situacao for p in a_fazer.pendencias(identidade.ator(papel, onde, **mais), HOJE)}


def na_lista(situacao: str, onde: str = VITORIA) -> int:
    return quadro.quadro(quadro.Filtro(abrangencia=onde, situacao=situacao), hoje=HOJE).count()


def test_a_equipe_incompleta_aparece_com_quantos_faltam_e_some_para_quem_nao_cuida(cras: Unidade) -> None:
    fabricas.lotacao(unidade=cras)

    falta = {"Equipe de CRAS Centro incompleta": "faltam 8 pessoas de 9"}

    assert de() == falta
    assert de(papeis.COORDENACAO_UNIDADE, unidade=cras.pk) == falta
    assert "Equipe de CRAS Centro incompleta" not in de(papeis.COORDENACAO_UNIDADE, unidade=rede.unidade("CREAS").pk)
    assert de(papeis.CONSELHEIRO) == {}
    assert de(papeis.GESTAO_ESTADUAL, "32") == {}


def test_duas_unidades_incompletas_somam_numa_linha_so(cras: Unidade) -> None:
    rede.unidade("CRAS Praia", capacidade=5_000)

    assert de() == {"2 unidades com a equipe incompleta": "faltam 18 pessoas de 18"}


def test_quem_soma_horas_demais_conta_as_de_outro_territorio(cras: Unidade) -> None:
    municipio(SERRA)
    pessoa = fabricas.trabalhador()
    fabricas.lotacao(pessoa, unidade=cras, carga_horaria=30)
    fabricas.lotacao(pessoa, unidade=rede.unidade("CRAS da Serra", onde=SERRA), carga_horaria=20)
    fabricas.lotacao(unidade=cras, carga_horaria=40)

    assert de()["1 lotação de quem soma horas demais"] == "mais de 44 horas por semana"
    assert na_lista("horas") == 1
    assert na_lista("horas", SERRA) == 1


@pytest.mark.parametrize(
    "dias, quando_mudou, conta",
    [
        pytest.param(30, ANTES, True, id="acaba em trinta dias"),
        pytest.param(31, ANTES, False, id="acaba mais tarde"),
        pytest.param(-29, ANTES, True, id="acabou sozinha há pouco"),
        pytest.param(-30, ANTES, False, id="acabou há mais tempo"),
        pytest.param(-2, AGORA, False, id="a saída acabou de ser registrada"),
    ],
)
def test_a_lotacao_que_acaba_so_aparece_perto_do_fim(cras: Unidade, dias: int, quando_mudou: Any, conta: bool) -> None:
    fabricas.lotacao(unidade=cras, ate=HOJE + timedelta(days=dias), mudada_em=quando_mudou)

    assert na_lista("vencem") == int(conta)
    assert ("1 lotação acaba, ou acabou há pouco" in de()) is conta


def test_a_lotacao_que_continua_em_outra_no_mesmo_dia_nao_acaba(cras: Unidade) -> None:
    primeira = fabricas.lotacao(unidade=cras, ate=HOJE, mudada_em=ANTES)
    fabricas.lotacao(primeira.trabalhador, unidade=cras, desde=HOJE, carga_horaria=40)

    assert na_lista("vencem") == 0


def test_quem_ficou_em_unidade_fechada_aparece_ate_se_dizer_onde_esta(cras: Unidade) -> None:
    fechada = rede.unidade("CRAS Antigo", fechada_em=HOJE - timedelta(days=3))
    lotacao = fabricas.lotacao(unidade=fechada)

    assert "1 lotação aberta em unidade que fechou" in de()
    assert na_lista("em_fechada") == 1

    lotacao.ate = HOJE
    lotacao.save(update_fields=["ate"])
    assert na_lista("em_fechada") == 0


def test_a_coordenacao_so_ve_o_que_e_da_propria_unidade(cras: Unidade) -> None:
    outra = rede.unidade("CRAS Praia", capacidade=5_000)
    fabricas.lotacao(unidade=outra, ate=HOJE + timedelta(days=5), mudada_em=ANTES)

    assert "1 lotação acaba, ou acabou há pouco" in de()
    assert "1 lotação acaba, ou acabou há pouco" not in de(papeis.COORDENACAO_UNIDADE, unidade=cras.pk)
