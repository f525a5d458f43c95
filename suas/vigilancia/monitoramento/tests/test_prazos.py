"""Registrar prazos pela tela: cada esfera o que é seu, com a norma, e o painel muda na hora."""

from __future__ import annotations

import pytest

from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.obrigacoes.models import Feriado, Pane, Prorrogacao
from suas.nucleo.permissoes import papeis
from suas.vigilancia.monitoramento.tests.test_painel import DA_VEZ

pytestmark = pytest.mark.django_db
NORMA = {"norma": "Aviso do Exemplo", "dispositivo": "de hoje"}


def estado():
    return identidade.ator(papeis.VIGILANCIA_ESTADUAL, "32")


def prorrogar(cliente, fecha):
    dados = NORMA | {"qual": "RMA|preenchimento", "periodo": str(DA_VEZ), "fecha": fecha}
    return cliente.post("/monitoramento/32/prazos/prorrogacao/", dados)


def test_a_prorrogacao_registrada_muda_o_painel_do_estado_na_hora():
    rede.unidade("CRAS Centro")
    cliente = rede.entrar(estado())

    resposta = prorrogar(cliente, "30/12/2099")

    assert resposta.status_code == 302
    painel = cliente.get("/monitoramento/32/").content.decode()
    assert "o prazo vai até 30/12/2099" in painel
    assert "Prorrogado até 30/12/2099: Aviso do Exemplo, de hoje." in painel
    assert "vale" in cliente.get("/monitoramento/32/prazos/").content.decode()


def test_o_que_se_recusa_volta_com_o_que_se_escreveu():
    resposta = prorrogar(rede.entrar(estado()), "01/01/2020")

    pagina = resposta.content.decode()
    assert "a prorrogação precisa de um dia depois desse" in pagina
    assert 'value="01/01/2020"' in pagina
    assert 'value="Aviso do Exemplo"' in pagina
    assert not Prorrogacao.objects.exists()


def test_o_municipio_registra_pane_e_feriado_e_nao_ve_o_formulario_da_prorrogacao():
    rede.unidade("CRAS Centro")
    cliente = rede.entrar(identidade.ator(papeis.VIGILANCIA_MUNICIPAL, "3205309"))
    pane = NORMA | {"sistema": "RMA", "desde": "20/11/2025 08:00", "ate": "20/11/2025 17:00"}

    assert cliente.post("/monitoramento/3205309/prazos/pane/", pane).status_code == 302
    feriado = NORMA | {"dia": "08/09/2025", "nome": "Padroeira"}
    assert cliente.post("/monitoramento/3205309/prazos/feriado/", feriado).status_code == 302
    assert cliente.get("/monitoramento/3205309/prazos/prorrogacao/").status_code == 404
    assert (Pane.objects.get().abrangencia, Feriado.objects.get().abrangencia) == ("3205309", "3205309")
    assert Pane.objects.get().desde.hour == 11  # oito da manhã em Brasília, guardado em UTC


def test_o_conselho_le_os_prazos_e_nao_registra():
    rede.unidade("CRAS Centro")
    cliente = rede.entrar(identidade.ator(papeis.CONSELHEIRO, "3205309"))

    assert cliente.get("/monitoramento/3205309/prazos/").status_code == 200
    assert cliente.get("/monitoramento/3205309/prazos/feriado/").status_code == 403
