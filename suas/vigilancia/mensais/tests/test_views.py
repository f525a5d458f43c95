"""As telas do mês, pelo navegador de teste, com a segunda tranca ligada no PostgreSQL."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from normas.registros.leitura import formulario
from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes import papeis
from suas.vigilancia.mensais.celulas import nome_do_item
from suas.vigilancia.mensais.models import Envio, RegistroMensal
from suas.vigilancia.mensais.tests import fabricas
from suas.vigilancia.mensais.tests.fabricas import MES
from tests.contratos.tranca import trancar

pytestmark = pytest.mark.django_db
OUTUBRO = str(MES)


@pytest.fixture(autouse=True)
def conta_comum(db):
    """No PostgreSQL, a conta de uma instalação: a segunda tranca vale em cada pedido."""
    trancar()


@pytest.fixture
def cras():
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


def entrar(papel, unidade=None, onde=VITORIA):
    pessoa = identidade.pessoa_com_vinculo(papel, onde, unidade=unidade.pk if unidade else None)
    cliente = Client()
    cliente.force_login(pessoa)
    return cliente


def texto(resposta):
    return unescape(resposta.content.decode())


def tudo_zero(**mudancas):
    """O envio da página com zero em todos os itens do RMA do CRAS."""
    versao = formulario("RMA-CRAS", em=MES)
    envio = {nome_do_item(codigo): "0" for codigo in versao.itens}
    return envio | {"versao": "0"} | {nome_do_item(k.replace("_", ".")): v for k, v in mudancas.items()}


def test_a_coordenacao_preenche_envia_a_vigilancia_devolve_e_aprova(cras):
    coordena, vigia = entrar(papeis.COORDENACAO_UNIDADE, cras), entrar(papeis.VIGILANCIA_MUNICIPAL)
    pagina = reverse("rma-preencher", args=[cras.pk, OUTUBRO])

    coordena.post(pagina, tudo_zero(A_1="12") | {"guardar": "sim"})
    enviado = texto(coordena.post(pagina, tudo_zero(A_1="1.012") | {"versao": "1", "enviar": "sim"}, follow=True))
    painel = texto(vigia.get(reverse("mensais-lugar", args=[VITORIA]), {"mes": OUTUBRO}))
    motivo = {"motivo": "A.1 parece alto demais."}
    vigia.post(reverse("rma-devolver", args=[cras.pk, OUTUBRO]), motivo)
    devolvido = texto(coordena.get(reverse("rma", args=[cras.pk, OUTUBRO])))
    versao = RegistroMensal.objects.get().versao
    coordena.post(pagina, tudo_zero(A_1="12") | {"versao": str(versao), "enviar": "sim"})
    aprovado = texto(vigia.post(reverse("rma-aprovar", args=[cras.pk, OUTUBRO]), follow=True))

    assert "Mês enviado" in enviado
    assert "1.012" in enviado
    assert "enviado, à espera da conferência" in painel
    assert "A.1 parece alto demais." in devolvido
    assert "Mês aprovado." in aprovado
    assert Envio.objects.count() == 2


def test_o_que_impede_volta_com_os_numeros_e_o_digitado(cras):
    coordena = entrar(papeis.COORDENACAO_UNIDADE, cras)

    pagina = texto(
        coordena.post(
            reverse("rma-preencher", args=[cras.pk, OUTUBRO]),
            tudo_zero(A_1="5", A_2="8", C_1="doze") | {"enviar": "sim"},
        )
    )

    assert "A.2 = 8" in pagina
    assert "Sem resposta" not in pagina
    assert 'value="doze"' in pagina
    assert "não é um número inteiro" in pagina
    assert not Envio.objects.exists()
    assert RegistroMensal.objects.get().itens["C.1"] == "doze"


def test_o_que_ficou_sem_resposta_se_diz_numa_linha_so(cras):
    envio = tudo_zero() | {nome_do_item("B.1"): "", nome_do_item("D.7"): "", "enviar": "sim"}

    pagina = texto(
        entrar(papeis.COORDENACAO_UNIDADE, cras).post(reverse("rma-preencher", args=[cras.pk, OUTUBRO]), envio)
    )

    assert "Sem resposta, 2 itens" in pagina
    assert '<a href="#i-B.1">B.1</a>, <a href="#i-D.7">D.7</a>. Se não houve, escreva 0.' in pagina


def test_o_formulario_com_quadrinhos_guarda_e_mostra_cada_um(cras):
    creas = rede.unidade("CREAS Norte", tipo="creas")
    item = next(i for i in formulario("RMA-CREAS", em=MES).itens.values() if i.desdobramento)
    celula = next(iter(item.desdobramento.celulas))
    nome = nome_do_item(item.codigo, celula.sexo, celula.faixa)
    coordena = entrar(papeis.COORDENACAO_UNIDADE, creas)
    pagina = reverse("rma-preencher", args=[creas.pk, OUTUBRO])

    coordena.post(pagina, {"versao": "0", nome: "3", "guardar": "sim"})

    assert RegistroMensal.objects.get().itens == {item.codigo: {celula.sexo: {celula.faixa: 3}}}
    assert f'name="{nome}" value="3"' in texto(coordena.get(pagina))


def test_reabrir_pede_motivo_e_o_enviado_continua(cras):
    fabricas.enviado(cras)
    coordena = entrar(papeis.COORDENACAO_UNIDADE, cras)
    reabrir = reverse("rma-reabrir", args=[cras.pk, OUTUBRO])

    curto = texto(coordena.post(reabrir, {"motivo": "erro"}))
    coordena.post(reabrir, {"motivo": "Faltou contar o grupo da tarde."})

    assert "Diga por que se corrige" in curto
    assert RegistroMensal.objects.get().estado == "rascunho"
    assert Envio.objects.count() == 1


def test_outra_janela_que_gravou_antes_nao_se_sobrescreve_e_o_digitado_fica(cras):
    coordena = entrar(papeis.COORDENACAO_UNIDADE, cras)
    pagina = reverse("rma-preencher", args=[cras.pk, OUTUBRO])
    coordena.post(pagina, tudo_zero(A_1="3") | {"guardar": "sim"})

    conflito = texto(coordena.post(pagina, tudo_zero(A_1="4") | {"guardar": "sim"}))

    assert "Outra pessoa gravou este mês" in conflito
    assert RegistroMensal.objects.get().itens["A.1"] == 3


def test_a_coordenacao_so_ve_a_propria_unidade_e_o_estado_ve_as_contas(cras):
    outra = rede.unidade("CRAS Praia")
    coordena = entrar(papeis.COORDENACAO_UNIDADE, cras)
    estado = entrar(papeis.GESTAO_ESTADUAL, onde="32")

    painel = texto(coordena.get(reverse("mensais")))

    assert "CRAS Centro" in painel
    assert "CRAS Praia" not in painel
    assert coordena.get(reverse("rma", args=[outra.pk, OUTUBRO])).status_code == 403
    assert "Faltam" in texto(estado.get(reverse("mensais")))
    assert estado.get(reverse("rma-preencher", args=[cras.pk, OUTUBRO])).status_code == 403


@pytest.mark.parametrize("mes", ["2016-12", "2999-01", "2026-13", "outubro"])
def test_mes_que_nao_existe_nao_comecou_ou_e_anterior_ao_formulario_nao_se_acha(cras, mes):
    vigia = entrar(papeis.VIGILANCIA_MUNICIPAL)

    assert vigia.get(reverse("rma", args=[cras.pk, mes])).status_code == 404


def test_unidade_que_nao_responde_ao_mes_nao_tem_pagina(cras):
    acolhimento = rede.unidade("Casa do Exemplo", tipo="acolhimento")

    assert entrar(papeis.VIGILANCIA_MUNICIPAL).get(reverse("rma", args=[acolhimento.pk, OUTUBRO])).status_code == 404
