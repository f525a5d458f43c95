"""Depois do envio, o que se anota ou anula vira proposta de correção; o enviado não muda sozinho."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from suas.atendimento.familias.acoes import atendimentos
from suas.atendimento.familias.tests import fabricas as familias
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.permissoes import papeis
from suas.vigilancia.mensais import correcao
from suas.vigilancia.mensais.models import Lastro, RegistroMensal
from suas.vigilancia.mensais.tests import fabricas
from suas.vigilancia.mensais.tests.fabricas import MES

pytestmark = pytest.mark.django_db
OUTUBRO = date(2026, 10, 5)


@pytest.fixture
def cras(db):
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


@pytest.fixture
def prontuario(cras):
    return familias.familia(cras)


def enviado(cras, **itens):
    return fabricas.enviado(cras, itens=fabricas.zerado(cras, **itens))


def anular(atendimento, cras):
    atendimentos.anular(atendimento=atendimento, motivo="Anotado em dobro.", por=fabricas.coordena(cras), em=AGORA)


def pagina(papel, rota, cras, *mais, unidade=None):
    cliente = Client()
    pessoa = identidade.pessoa_com_vinculo(papel, cras.municipio_id, unidade=unidade.pk if unidade else None)
    cliente.force_login(pessoa)
    return cliente.get(reverse(rota, args=[cras.pk, MES, *mais]))


def test_o_envio_guarda_as_linhas_atras_de_cada_numero_e_elas_nao_mudam(cras, prontuario):
    feito = familias.atendimento(prontuario, tipo=1, dia=OUTUBRO)
    envio = enviado(cras, C_1=1)

    assert {lastro.item: lastro.chaves for lastro in envio.lastros.all()} == {"C.1": [str(feito.pk)], "C.6": []}
    with pytest.raises(DatabaseError, match="nao muda"), transaction.atomic():
        Lastro.objects.update(item="C.9")


def test_o_que_se_anota_e_se_anula_depois_e_proposta_com_as_linhas(cras, prontuario):
    antigo = familias.atendimento(prontuario, tipo=1, dia=OUTUBRO)
    envio = enviado(cras, C_1=1)
    assert correcao.propostas(envio.registro, envio) == []

    novos = [familias.atendimento(prontuario, tipo=1, dia=OUTUBRO) for _ in range(2)]
    anular(antigo, cras)
    (proposta,) = correcao.propostas(envio.registro, envio)

    assert proposta.item == "C.1"
    assert set(proposta.entraram) == {str(novo.pk) for novo in novos}
    assert proposta.sairam == (str(antigo.pk),)
    assert correcao.motivo([proposta]) == (
        "Depois do envio, C.1 passou de 1 para 2 nos registros (2 entraram, 1 saiu)."
    )
    assert RegistroMensal.objects.get().itens["C.1"] == 1


def test_linhas_trocadas_que_dao_o_mesmo_numero_nao_pedem_correcao(cras, prontuario):
    antigo = familias.atendimento(prontuario, tipo=1, dia=OUTUBRO)
    envio = enviado(cras, C_1=1)
    familias.atendimento(prontuario, tipo=1, dia=OUTUBRO)
    anular(antigo, cras)

    assert correcao.propostas(envio.registro, envio) == []


def test_aceitar_e_reabrir_com_o_motivo_ja_escrito(cras, prontuario):
    familias.atendimento(prontuario, tipo=1, dia=OUTUBRO)
    enviado(cras, C_1=1)
    familias.atendimento(prontuario, tipo=1, dia=OUTUBRO)

    ver = pagina(papeis.COORDENACAO_UNIDADE, "rma", cras, unidade=cras).content.decode()
    reabrir = pagina(papeis.COORDENACAO_UNIDADE, "rma-reabrir", cras, unidade=cras).content.decode()

    assert "Depois do envio, os registros mudaram." in ver
    assert "Reabrir com este motivo" in ver
    assert "C.1 passou de 1 para 2 nos registros (1 entrou, 0 saíram)." in unescape(reabrir)


def test_as_linhas_abrem_a_equipe_da_unidade_e_nao_a_quem_confere(cras, prontuario):
    antigo = familias.atendimento(prontuario, tipo=1, dia=OUTUBRO)
    enviado(cras, C_1=1)
    familias.atendimento(prontuario, tipo=1, dia=OUTUBRO)
    anular(antigo, cras)

    aberta = pagina(papeis.COORDENACAO_UNIDADE, "rma-registros", cras, "C.1", unidade=cras)
    recusada = pagina(papeis.VIGILANCIA_MUNICIPAL, "rma-registros", cras, "C.1")

    assert "anotado depois do envio" in aberta.content.decode()
    assert "anulado: Anotado em dobro." in aberta.content.decode()
    assert recusada.status_code == 403
    assert pagina(papeis.COORDENACAO_UNIDADE, "rma-registros", cras, "Z.9", unidade=cras).status_code == 404


def test_antes_de_enviar_o_numero_contado_tambem_abre_as_linhas(cras, prontuario):
    familias.atendimento(prontuario, tipo=7, dia=OUTUBRO)

    aberta = pagina(papeis.COORDENACAO_UNIDADE, "rma-registros", cras, "C.6", unidade=cras).content.decode()

    assert "As linhas contadas até agora" in aberta
