"""O mês enviado é entrega; devolvido ou reaberto, volta a faltar, e a pontualidade continua a do primeiro envio."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from normas.prazos.janelas import Situacao
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.obrigacoes import consultas
from suas.nucleo.obrigacoes.models import Entrega
from suas.nucleo.permissoes import papeis
from suas.vigilancia.mensais.acoes import conferencia, envio
from suas.vigilancia.mensais.models import Resposta
from suas.vigilancia.mensais.tests import fabricas

pytestmark = pytest.mark.django_db
AMANHA = AGORA + timedelta(days=1)


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro")


def devem_o_mes(em=HOJE):
    achadas = consultas.pendencias(em=em, onde="3205309", alvos=("CRAS",))
    return [linha for linha in achadas if str(linha.prazo.janela.periodo) == "2026-10"]


def devolver(registro):
    conferencia.responder(
        registro=registro,
        tipo=Resposta.Tipo.DEVOLVER,
        motivo="Faltou contar as visitas.",
        por=identidade.ator(papeis.VIGILANCIA_MUNICIPAL, "3205309"),
        em=AMANHA,
    )


def test_a_unidade_deve_ate_enviar(cras):
    [linha] = devem_o_mes()

    assert (linha.devedor.unidade, linha.situacao, linha.dias) == (cras.pk, Situacao.ABERTA, 9)
    fabricas.enviado(cras)
    assert devem_o_mes() == []


def test_devolvido_volta_a_faltar_e_o_segundo_envio_guarda_o_dia_do_primeiro(cras):
    registro = fabricas.enviado(cras).registro
    devolver(registro)

    assert len(devem_o_mes(HOJE + timedelta(days=1))) == 1
    envio.enviar(registro=registro, por=fabricas.coordena(cras), em=AMANHA + timedelta(days=30), hoje=HOJE)
    de_pe = Entrega.objects.get(retirada__isnull=True)
    assert de_pe.primeira == HOJE
    assert de_pe.dia == HOJE + timedelta(days=31)


def test_reaberto_diz_por_que_deixou_de_valer(cras):
    registro = fabricas.enviado(cras).registro

    envio.reabrir(
        registro=registro, motivo="Contamos duas vezes a mesma visita.", por=fabricas.coordena(cras), em=AMANHA
    )

    assert Entrega.objects.get().por_que == "reaberto para corrigir"


def test_o_mes_de_antes_do_fechamento_continua_devido_e_o_de_depois_nao(cras):
    cras.fechada_em = date(2026, 9, 15)
    cras.save()

    periodos = {str(p.prazo.janela.periodo) for p in consultas.pendencias(em=HOJE, onde="3205309", alvos=("CRAS",))}
    assert "2026-09" in periodos
    assert "2026-10" not in periodos


def test_as_contas_e_as_linhas_dizem_o_mesmo(cras):
    rede.unidade("CREAS", tipo="creas")
    fabricas.enviado(cras)
    calendario = consultas.Calendario()
    [achada] = [a for a in calendario.do_dia(HOJE) if (a.janela.sistema, str(a.janela.periodo)) == ("RMA", "2026-10")]

    [conta] = consultas.contas(achada, em=HOJE, onde="32", calendario=calendario).values()
    linhas = list(consultas.linhas(achada, em=HOJE, onde="32", calendario=calendario))

    assert (conta.devem, conta.entregaram, conta.no_prazo, conta.em_atraso) == (2, 1, 1, 0)
    assert [linha.entrega is not None for linha in linhas] == [True, False]
    so_creas = consultas.contas(achada, em=HOJE, onde="32", calendario=calendario, alvos=("CREAS",))["3205309"]
    assert (so_creas.devem, so_creas.entregaram) == (1, 0)
