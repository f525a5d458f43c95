"""Guardar, enviar, responder e corrigir o mês: nada do que se envia muda, e o que não combina se diz antes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from normas.base.competencia import Competencia
from suas.atendimento.familias.tests import fabricas as familias
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.vigilancia.mensais import consultas
from suas.vigilancia.mensais.acoes import conferencia, preenchimento
from suas.vigilancia.mensais.acoes import envio as envios
from suas.vigilancia.mensais.models import Envio, RegistroMensal, Resposta
from suas.vigilancia.mensais.tests import fabricas
from suas.vigilancia.mensais.tests.fabricas import MES

pytestmark = pytest.mark.django_db
Estado = RegistroMensal.Estado


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro")


def vigilancia(unidade):
    return identidade.ator(papeis.VIGILANCIA_MUNICIPAL, unidade.municipio_id)


def responder(registro, tipo, motivo=""):
    return conferencia.responder(
        registro=registro, tipo=tipo, motivo=motivo, por=vigilancia(registro.unidade), em=AGORA
    )


def test_o_rascunho_guarda_tambem_o_que_nao_combina(cras):
    registro = fabricas.rascunho(cras, itens={"A.1": 5, "A.2": 8, "C.1": "doze"})

    assert registro.itens == {"A.1": 5, "A.2": 8, "C.1": "doze"}
    assert registro.estado == Estado.RASCUNHO


def test_o_que_impede_se_diz_com_os_numeros_e_nada_se_envia(cras):
    registro = fabricas.rascunho(cras, itens=fabricas.zerado(cras, A_1=5, A_2=8))

    with pytest.raises(envios.EnvioRecusado) as recusa:
        envios.enviar(registro=registro, por=fabricas.coordena(cras), em=AGORA, hoje=HOJE)

    assert any("A.2 = 8" in achada.mensagem for achada in recusa.value.inconsistencias)
    assert not Envio.objects.exists()


def test_o_que_pede_justificativa_sai_com_ela_e_a_guarda(cras):
    itens = fabricas.zerado(cras, A_1=9, A_2=3, B_1=5)
    registro = fabricas.rascunho(cras, itens=itens)
    enviar = {"por": fabricas.coordena(cras), "em": AGORA, "hoje": HOJE}

    with pytest.raises(envios.EnvioRecusado) as recusa:
        envios.enviar(registro=registro, **enviar)
    regras = {achada.regra for achada in recusa.value.inconsistencias}
    registro = preenchimento.guardar(
        unidade=cras,
        competencia=MES,
        itens=itens,
        justificativas=dict.fromkeys(regras, "Conferido na lista do mês."),
        versao=registro.versao,
        por=fabricas.coordena(cras),
        em=AGORA,
    )
    envio = envios.enviar(registro=registro, **enviar)

    assert set(envio.justificativas) == regras
    assert envio.itens["B.1"] == 5


def test_o_mes_que_nao_acabou_nao_se_envia(cras):
    registro = fabricas.rascunho(cras, mes=Competencia(2026, 11))

    with pytest.raises(AtoRecusado, match="11/2026 ainda não acabou"):
        envios.enviar(registro=registro, por=fabricas.coordena(cras), em=AGORA, hoje=HOJE)


@pytest.mark.parametrize(
    "campos, deve",
    [
        ({}, True),
        ({"aberta_em": date(2026, 11, 1)}, False),
        ({"aberta_em": date(2026, 10, 31)}, True),
        ({"fechada_em": date(2026, 10, 1)}, False),
        ({"fechada_em": date(2026, 10, 2)}, True),
        ({"tipo": "acolhimento"}, False),
    ],
)
def test_deve_o_mes_quem_funcionou_em_algum_dia_dele(campos, deve):
    unidade = rede.unidade("Unidade do Exemplo", **campos)

    assert consultas.deve(unidade, competencia=MES) is deve


def test_devolver_pede_motivo_e_o_envio_novo_nao_apaga_o_de_antes(cras):
    registro = fabricas.enviado(cras).registro

    with pytest.raises(AtoRecusado, match="Diga o que corrigir"):
        responder(registro, Resposta.Tipo.DEVOLVER, "não")
    responder(registro, Resposta.Tipo.DEVOLVER, "C.6 está zerado e houve visitas.")
    segundo = fabricas.enviado(cras, itens=fabricas.zerado(cras, C_6=4))
    responder(registro, Resposta.Tipo.APROVAR)

    assert [envio.itens["C.6"] for envio in consultas.envios(registro)] == [4, 0]
    assert segundo.numero == 2
    registro.refresh_from_db()
    assert registro.estado == Estado.APROVADO
    with pytest.raises(AtoRecusado, match="não há envio à espera"):
        responder(registro, Resposta.Tipo.APROVAR)


def test_o_enviado_so_se_muda_reabrindo_e_o_motivo_vai_no_envio_seguinte(cras):
    registro = fabricas.enviado(cras).registro

    with pytest.raises(AtoRecusado, match="reabra-o dizendo por quê"):
        fabricas.rascunho(cras)
    envios.reabrir(registro=registro, motivo="Faltou contar o grupo da tarde.", por=fabricas.coordena(cras), em=AGORA)

    assert fabricas.enviado(cras).motivo == "Faltou contar o grupo da tarde."


def test_o_banco_nao_deixa_mudar_nem_apagar_um_envio(cras):
    envio = fabricas.enviado(cras)

    with pytest.raises(DatabaseError, match="corrija com outro envio"), transaction.atomic():
        Envio.objects.filter(pk=envio.pk).update(numero=9)
    with pytest.raises(DatabaseError, match="corrija com outro envio"), transaction.atomic():
        envio.delete()


def test_duas_janelas_nao_se_sobrescrevem(cras):
    fabricas.rascunho(cras)

    with pytest.raises(MudouNoMeioTempo):
        preenchimento.guardar(
            unidade=cras,
            competencia=MES,
            itens={},
            justificativas={},
            versao=0,
            por=fabricas.coordena(cras),
            em=AGORA,
        )


def test_o_que_a_equipe_anotou_aparece_e_fica_no_envio_ao_lado_do_escrito(cras):
    prontuario = familias.familia(cras)
    familias.atendimento(prontuario, tipo=1, dia=date(2026, 10, 5))
    familias.atendimento(prontuario, tipo=1, dia=date(2026, 10, 31))
    familias.atendimento(prontuario, tipo=7, dia=date(2026, 11, 1))

    itens, porque = fabricas.zerado(cras, C_1=3), {"registros:C.1": "Um ainda não foi anotado."}
    with pytest.raises(envios.EnvioRecusado) as recusa:
        fabricas.enviado(cras, itens=itens)
    envio = fabricas.enviado(cras, itens=itens, justificativas=porque)

    assert "os registros dizem 2 e está escrito 3" in recusa.value.inconsistencias[0].mensagem
    assert envio.justificativas == porque
    assert set(envio.autores) == set(porque)
    assert envio.calculados == {"C.1": 2, "C.6": 0}
    assert envio.itens["C.1"] == 3


def test_os_meses_anteriores_vem_do_ultimo_envio_de_cada_um(cras):
    fabricas.enviado(cras, mes=MES.meses_antes(1), itens=fabricas.zerado(cras, C_1=7))
    fabricas.rascunho(cras, mes=MES.meses_antes(2))
    fabricas.enviado(cras, mes=MES.meses_antes(13))

    antes = consultas.anteriores(cras, competencia=MES)

    assert list(antes) == [MES.meses_antes(1)]
    assert antes[MES.meses_antes(1)].valores["C.1"].total == 7


def test_as_contas_somam_por_municipio_e_por_uf(cras):
    fabricas.enviado(cras)
    rede.unidade("CREAS Norte", tipo="creas")
    rede.unidade("CRAS da Serra", onde="3205002")

    por_municipio = {c.codigo: (c.devem, c.entregaram, c.faltam) for c in consultas.contas("32", competencia=MES)}
    por_uf = {c.codigo: (c.devem, c.entregaram) for c in consultas.contas("BR", competencia=MES)}

    assert por_municipio == {"3205309": (2, 1, 1), "3205002": (1, 0, 1)}
    assert por_uf == {"32": (3, 1)}
