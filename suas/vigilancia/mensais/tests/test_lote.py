"""Meses recebidos de uma vez: cada um se confere como na tela, e receber de novo não muda nada."""

from __future__ import annotations

import pytest

from suas.atendimento.familias.tests import fabricas as familias
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.obrigacoes.models import Entrega
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado
from suas.vigilancia.fatos import consultas as fatos
from suas.vigilancia.mensais.acoes import lote
from suas.vigilancia.mensais.acoes.lote import MesRecebido, Situacao
from suas.vigilancia.mensais.models import Envio, RegistroMensal
from suas.vigilancia.mensais.tests import fabricas
from suas.vigilancia.mensais.tests.fabricas import MES

pytestmark = pytest.mark.django_db
MOTIVO = "As visitas estavam sem somar"


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro")


def receber(*meses):
    gestao = identidade.ator(papeis.VIGILANCIA_MUNICIPAL, meses[0].unidade.municipio_id)
    return lote.receber(meses=meses, por=gestao, em=AGORA, hoje=HOJE)


def mes(unidade, competencia=MES, motivo="", justificativas=None, **itens):
    return MesRecebido(
        unidade=unidade,
        competencia=competencia,
        itens=fabricas.zerado(unidade, **itens),
        motivo=motivo,
        justificativas=justificativas or {},
    )


def soma(unidade, item="A.1"):
    return fatos.do_lugar(unidade.municipio_id, formulario="RMA-CRAS", competencia=MES).itens[item].total


def test_o_mes_recebido_fica_enviado_somado_e_entregue(cras):
    outro = rede.unidade("CRAS Continental")

    respostas = receber(mes(cras, A_1=9), mes(outro, A_1=30))

    assert [r.situacao for r in respostas] == [Situacao.ENVIADO, Situacao.ENVIADO]
    assert soma(cras) == 39
    assert RegistroMensal.objects.filter(estado="enviado").count() == Entrega.objects.count() == 2


def test_receber_de_novo_nao_muda_nada(cras):
    receber(mes(cras, A_1=9))
    antes = [*RegistroMensal.objects.values(), *Envio.objects.values()]

    (resposta,) = receber(mes(cras, A_1=9))

    assert resposta.situacao is Situacao.IGUAL
    assert [*RegistroMensal.objects.values(), *Envio.objects.values()] == antes


def test_o_que_impede_fica_de_fora_com_os_numeros_e_o_resto_segue(cras):
    outro = rede.unidade("CRAS Continental")

    errado, certo = receber(mes(cras, A_1=5, A_2=8), mes(outro, A_1=30))

    assert (errado.situacao, certo.situacao) == (Situacao.RECUSADO, Situacao.ENVIADO)
    assert any("A.2 = 8" in achada.mensagem for achada in errado.inconsistencias)
    assert not RegistroMensal.objects.filter(unidade=cras).exists()


def test_o_que_pede_justificativa_entra_com_ela(cras):
    itens = {"A_1": 9, "A_2": 3, "B_1": 5}
    (sem,) = receber(mes(cras, **itens))
    regra = next(a.regra for a in sem.inconsistencias if a.gravidade == "justificar")

    (com,) = receber(mes(cras, justificativas={regra: "Famílias que voltaram"}, **itens))

    assert (sem.situacao, com.situacao) == (Situacao.RECUSADO, Situacao.ENVIADO)
    assert Envio.objects.get().justificativas == {regra: "Famílias que voltaram"}


def test_trocar_o_enviado_pede_motivo_e_e_outro_envio(cras):
    receber(mes(cras, A_1=9))

    (sem,) = receber(mes(cras, A_1=11))
    (com,) = receber(mes(cras, A_1=11, motivo=MOTIVO))

    assert "diga em “motivo”" in sem.recusa
    assert com.situacao is Situacao.CORRIGIDO
    assert [(e.numero, e.motivo) for e in Envio.objects.order_by("numero")] == [(1, ""), (2, MOTIVO)]
    assert soma(cras) == 11


def test_o_rascunho_de_alguem_so_se_troca_com_motivo(cras):
    fabricas.rascunho(cras, itens={"A.1": 77})

    (sem,) = receber(mes(cras, A_1=9))
    guardado = RegistroMensal.objects.get().itens
    (com,) = receber(mes(cras, A_1=9, motivo=MOTIVO))

    assert "Há um rascunho" in sem.recusa and guardado == {"A.1": 77}
    assert com.situacao is Situacao.ENVIADO and soma(cras) == 9


def test_mes_que_nao_acabou_unidade_fechada_e_item_repetido_se_dizem(cras):
    fechada = rede.unidade("CRAS Velho", fechada_em=MES.desde)
    repetido = MesRecebido(unidade=cras, competencia=MES, itens={"A.1": 1, "A1": 2})

    respostas = receber(mes(cras, competencia=MES.meses_antes(-1)), mes(fechada), repetido)

    assert [r.situacao for r in respostas] == [Situacao.RECUSADO] * 3
    assert [r.recusa.split(":")[0][-20:] for r in respostas] != [""] * 3
    assert "ainda não acabou" in respostas[0].recusa and "não deve" in respostas[1].recusa
    assert "duas vezes" in respostas[2].recusa


def test_os_meses_de_antes_se_olham_como_na_tela(cras):
    for n in range(1, 7):
        fabricas.enviado(cras, itens=fabricas.zerado(cras, A_1=100, C_6=30), mes=MES.meses_antes(n))

    (resposta,) = receber(mes(cras, A_1=100, C_6=900))

    assert any("destoam dos 6 meses anteriores" in achada.mensagem for achada in resposta.inconsistencias)


def test_quem_nao_e_pessoa_nao_envia(cras):
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO

    with pytest.raises(AtoRecusado):
        lote.receber(meses=[mes(cras)], por=ATOR_PUBLICO, em=AGORA, hoje=HOJE)


def test_o_numero_diferente_do_contado_pede_justificativa_e_as_linhas_ficam_no_envio(cras):
    familias.atendimento(familias.familia(cras), tipo=1, dia=MES.desde)

    (sem,) = receber(mes(cras, A_1=9, C_1=2))
    (com,) = receber(mes(cras, A_1=9, C_1=2, justificativas={"registros:C.1": "Um atendimento sem anotar"}))

    assert any("registros dizem 1 e está escrito 2" in achada.mensagem for achada in sem.inconsistencias)
    assert (sem.situacao, com.situacao) == (Situacao.RECUSADO, Situacao.ENVIADO)
    envio = Envio.objects.get()
    assert envio.calculados["C.1"] == 1
    assert len(envio.lastros.get(item="C.1").chaves) == 1
