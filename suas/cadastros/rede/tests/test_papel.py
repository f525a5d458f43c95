"""A ficha da unidade em PDF."""

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.rede.models import ServicoOfertado
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import instalacao, pessoa_com_vinculo
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL
from suas.nucleo.tela.tests.fabricas import texto_do_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _instalada():
    instalacao()


def ficha(qual, *, cliente=None) -> str:
    resposta = (cliente or Client()).get(reverse("rede-unidade-papel", args=[qual.pk]))
    assert (resposta.status_code, resposta["Content-Type"]) == (200, "application/pdf")
    return texto_do_pdf(resposta.content)


def test_a_ficha_traz_o_que_a_tela_diz_e_leva_de_volta_a_ela():
    cras = unidade("CRAS São José", capacidade=5000, logradouro="Rua das Ações", telefone="2733221100")
    ServicoOfertado.objects.create(unidade=cras, servico="paif", capacidade=200)

    escrito = ficha(cras)

    for trecho in (
        "CRAS São José",
        "Rua das Ações",
        "5.000 famílias",
        "em funcionamento",
        "não informado",
        "página 1 de 1",
    ):
        assert trecho in escrito
    assert reverse("rede-unidade", args=[cras.pk]) in escrito


def test_o_endereco_reservado_cala_tambem_saidas_e_quem_age_ali_o_le_com_o_aviso():
    municipio(VITORIA)
    casa = unidade(
        "Casa de Passagem",
        tipo="acolhimento",
        endereco_reservado=True,
        logradouro="Rua Escondida",
        ponto_de_referencia="Praça Secreta",
        compartilhado_com="Casa Vizinha",
        cep="29000000",
    )
    gestora = Client()
    gestora.force_login(pessoa_com_vinculo(GESTAO_MUNICIPAL, VITORIA))

    publica, de_dentro = ficha(casa), ficha(casa, cliente=gestora)

    for calado in ("Escondida", "Secreta", "29000-000", "29.000-000", "Casa Vizinha"):
        assert calado not in publica
    assert "Endereço reservado" in publica
    assert "Rua Escondida" in de_dentro
    assert "não o divulgue" in de_dentro
