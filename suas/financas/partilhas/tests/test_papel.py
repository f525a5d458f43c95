"""A memória de um município em PDF: os números da tela, a fonte de cada um, e só a quem vê a partilha."""

import pytest
from django.urls import reverse

from suas.financas.partilhas.models import Cota
from suas.financas.partilhas.tests import fabricas
from suas.nucleo.tela.filtros import reais
from suas.nucleo.tela.tests.fabricas import texto_do_pdf

pytestmark = pytest.mark.django_db
ALFA = "3200102"


def _endereco(partilha, codigo=ALFA):
    return reverse("partilha-municipio-papel", args=[partilha.pk, codigo])


def test_a_memoria_impressa_traz_a_conta_a_fonte_e_o_que_a_refaz(client, federal, lugares):
    partilha = fabricas.deliberada(por=federal)
    cota = Cota.objects.get(partilha=partilha, municipio_id=ALFA)

    escrito = texto_do_pdf(client.get(_endereco(partilha)).content)

    for trecho in (
        reais(cota.valor_centavos).replace("\N{NO-BREAK SPACE}", " "),
        cota.indice.replace(".", ","),
        "5.000 ÷ 10.000 × 100",
        "NOB/SUAS 2005",
        "Fonte de teste",
        "Dados sintéticos",
        f"--municipio {ALFA}",
        partilha.sha256,
    ):
        assert trecho in escrito


def test_a_partilha_que_nao_e_publica_ou_nunca_foi_simulada_nao_se_imprime(client, federal, lugares):
    simulada, rascunho = fabricas.simulada(por=federal), fabricas.partilha(por=federal)

    assert client.get(_endereco(simulada)).status_code == 404
    client.force_login(federal.pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(_endereco(simulada)).status_code == 200
    assert client.get(_endereco(rascunho)).status_code == 404
    assert client.get(_endereco(simulada, "3299999")).status_code == 404
