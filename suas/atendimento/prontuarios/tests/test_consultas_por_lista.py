"""As listas do prontuário fazem as mesmas consultas com poucas e com muitas linhas."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suas.atendimento.familias.models import PessoaAtendida
from suas.atendimento.familias.tests import fabricas as familias
from suas.atendimento.familias.tests.test_views import entrar
from suas.atendimento.prontuarios.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade

pytestmark = pytest.mark.django_db
MUITAS = 6


@pytest.fixture
def cras():
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


def quantas(cliente, endereco):
    cliente.get(endereco)
    with CaptureQueriesContext(connection) as feitas:
        assert cliente.get(endereco).status_code == 200
    return len(feitas)


def test_a_lista_de_quem_se_acompanha(cras):
    fabricas.planejada(fabricas.acompanhada(familias.familia(cras)))
    cliente, lista = entrar(cras), reverse("acompanhamentos") + "?mes=2026-03"
    poucas = quantas(cliente, lista)

    for numero in range(MUITAS):
        fabricas.planejada(fabricas.acompanhada(familias.familia(cras, nome=f"Bia {numero} do Exemplo")))

    assert quantas(cliente, lista) == poucas


@pytest.mark.parametrize("rota", ["familia", "familia-linha-do-tempo"])
def test_a_familia_com_mais_gente_e_mais_fichas(cras, rota):
    prontuario = familias.familia(cras)
    fabricas.gravada(prontuario, "5", {"frequenta": "sim"}, pessoa=PessoaAtendida.objects.get())
    cliente, pagina = entrar(cras), reverse(rota, args=[prontuario.familia_id])
    poucas = quantas(cliente, pagina)

    for numero in range(MUITAS):
        filho = familias.integrante(prontuario.familia, nome=f"Caio {numero} do Exemplo").pessoa
        fabricas.gravada(prontuario, "5", {"frequenta": "sim"}, pessoa=filho)
        fabricas.gravada(prontuario, "5", {"frequenta": "nao"}, pessoa=filho, sobre=1)

    assert quantas(cliente, pagina) == poucas
