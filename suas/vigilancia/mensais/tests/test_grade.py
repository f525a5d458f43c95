"""A grade de várias unidades: cada coluna se guarda à parte, e uma recusa não leva as outras."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes import papeis
from suas.vigilancia.mensais.models import RegistroMensal
from suas.vigilancia.mensais.tests import fabricas
from suas.vigilancia.mensais.tests.fabricas import MES

pytestmark = pytest.mark.django_db
GRADE = ["3205309", "RMA-CRAS", str(MES)]


@pytest.fixture
def duas(db):
    identidade.instalacao()
    return rede.unidade("CRAS Centro"), rede.unidade("CRAS Praia")


def entrar(papel, unidade=None):
    cliente = Client()
    cliente.force_login(identidade.pessoa_com_vinculo(papel, VITORIA, unidade=unidade.pk if unidade else None))
    return cliente


def itens():
    return {r.unidade.nome: r.itens for r in RegistroMensal.objects.select_related("unidade")}


def test_cada_unidade_e_uma_coluna_e_so_a_que_mudou_se_grava(duas):
    centro, praia = duas
    fabricas.rascunho(praia, itens={"A.1": 7})
    envio = {
        f"{centro.pk}:lidas": "{}",
        f"{centro.pk}:i-A.1": "12",
        f"{praia.pk}:lidas": json.dumps({"i-A.1": 7}),
        f"{praia.pk}:i-A.1": "7",
    }

    resposta = entrar(papeis.VIGILANCIA_MUNICIPAL).post(reverse("mensais-grade", args=GRADE), envio)

    assert resposta.status_code == 302
    assert itens() == {"CRAS Centro": {"A.1": 12}, "CRAS Praia": {"A.1": 7}}
    assert RegistroMensal.objects.get(unidade=praia).versao == 1


def test_o_conflito_de_uma_coluna_se_diz_e_as_outras_se_gravam(duas):
    centro, praia = duas
    fabricas.rascunho(praia, itens={"A.1": 9})
    envio = {
        f"{centro.pk}:lidas": "{}",
        f"{centro.pk}:i-A.1": "12",
        f"{praia.pk}:lidas": json.dumps({"i-A.1": 7}),
        f"{praia.pk}:i-A.1": "8",
    }

    pagina = entrar(papeis.VIGILANCIA_MUNICIPAL).post(reverse("mensais-grade", args=GRADE), envio).content.decode()

    assert "aqui está 9; você escreveu 8" in pagina
    assert itens() == {"CRAS Centro": {"A.1": 12}, "CRAS Praia": {"A.1": 9}}


def test_o_mes_enviado_se_le_na_grade_e_nao_se_escreve(duas):
    centro, _ = duas
    fabricas.enviado(centro, itens=fabricas.zerado(centro, A_1=41))

    pagina = entrar(papeis.VIGILANCIA_MUNICIPAL).get(reverse("mensais-grade", args=GRADE)).content.decode()

    assert f'name="{centro.pk}:i-A.1"' not in pagina
    assert ">41<" in pagina


def test_a_coordenacao_nao_abre_a_grade_e_formulario_que_nao_ha_nao_se_acha(duas):
    centro, _ = duas

    assert entrar(papeis.COORDENACAO_UNIDADE, centro).get(reverse("mensais-grade", args=GRADE)).status_code == 403
    vigia = entrar(papeis.VIGILANCIA_MUNICIPAL)
    assert vigia.get(reverse("mensais-grade", args=["3205309", "RMA-X", str(MES)])).status_code == 404
    assert vigia.get(reverse("mensais-grade", args=["32", "RMA-CRAS", str(MES)])).status_code == 404
