"""“A fazer”: a coordenação vê o que deve, a gestão e o estado veem quem falta, e quem entregou não vê nada."""

from __future__ import annotations

from datetime import date

import pytest

from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.obrigacoes.acoes import entregas
from suas.nucleo.permissoes import papeis
from suas.vigilancia.mensais import obrigacao
from suas.vigilancia.monitoramento import a_fazer

pytestmark = pytest.mark.django_db
HOJE = date(2026, 11, 25)


def do_rma(ator, hoje=HOJE):
    return [p for p in a_fazer.pendencias(ator, hoje) if "RMA" in p.titulo]


@pytest.fixture
def cras():
    cras = rede.unidade("CRAS Centro", aberta_em=date(2026, 10, 1))
    rede.unidade("CRAS Norte", aberta_em=date(2026, 10, 1))
    return cras


def test_a_coordenacao_ve_o_mes_que_deve_com_o_prazo_e_a_consequencia(cras):
    [pendencia] = do_rma(identidade.ator(papeis.COORDENACAO_UNIDADE, "3205309", unidade=cras.pk))

    assert pendencia.titulo == "Registro mensal (RMA) de 10/2026: CRAS Centro"
    assert pendencia.prazo_em_palavras(HOJE) == "até 30/11/2026, em 5 dias"
    assert "bloqueio de recursos" in pendencia.por_que
    assert pendencia.endereco == f"/mensais/{cras.pk}/2026-10/"


def test_quem_entregou_nao_ve_mais_nada(cras):
    entregas.entregar(
        sistema="RMA", etapa="preenchimento", periodo="2026-10", devedor=obrigacao.devedor(cras), dia=HOJE
    )

    assert do_rma(identidade.ator(papeis.COORDENACAO_UNIDADE, "3205309", unidade=cras.pk)) == []
    [pendencia] = do_rma(identidade.ator(papeis.VIGILANCIA_MUNICIPAL, "3205309"))
    assert pendencia.titulo == "1 unidade sem entregar: Registro mensal (RMA) de 10/2026"


@pytest.mark.parametrize("papel, onde", [(papeis.GESTAO_MUNICIPAL, "3205309"), (papeis.GESTAO_ESTADUAL, "32")])
def test_a_gestao_ve_quantas_faltam_perto_do_prazo_e_depois(cras, papel, onde):
    ator = identidade.ator(papel, onde)

    assert do_rma(ator, date(2026, 11, 10)) == []
    [pendencia] = do_rma(ator)
    assert pendencia.titulo.startswith("2 unidades sem entregar")
    assert "situacao=faltam" in pendencia.endereco
    [atrasada] = [p for p in do_rma(ator, date(2026, 12, 5)) if "10/2026" in p.titulo]
    assert atrasada.prazo_em_palavras(date(2026, 12, 5)) == "venceu em 30/11/2026, há 5 dias"


def test_o_orgao_gestor_ve_o_sisc_e_o_conselho_nao(cras):
    gestao = a_fazer.pendencias(identidade.ator(papeis.GESTAO_MUNICIPAL, "3205309"), HOJE)
    conselho = a_fazer.pendencias(identidade.ator(papeis.PRESIDENCIA_CONSELHO, "3205309"), HOJE)

    assert "SISC de 4º trimestre de 2026, confirmação de participação" in [p.titulo for p in gestao]
    assert not [p for p in conselho if "SISC" in p.titulo or "RMA" in p.titulo]


def test_quem_so_atende_nao_ve_prazos(cras):
    assert list(a_fazer.pendencias(identidade.ator(papeis.TECNICO_SUPERIOR, "3205309", unidade=cras.pk), HOJE)) == []


def test_o_mes_muito_atrasado_sai_de_a_fazer_e_fica_no_painel():
    velho = rede.unidade("CRAS Velho", aberta_em=date(2026, 1, 1), fechada_em=date(2026, 2, 1))

    coordena = identidade.ator(papeis.COORDENACAO_UNIDADE, "3205309", unidade=velho.pk)
    assert do_rma(coordena) == []
