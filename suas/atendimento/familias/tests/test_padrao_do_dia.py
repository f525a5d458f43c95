"""Anotar em menos de meio minuto: o tipo vem do endereço, ou do último que a pessoa anotou no mesmo dia."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from suas.atendimento.familias.tests import fabricas
from suas.atendimento.familias.tests.test_views import texto
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade

pytestmark = pytest.mark.django_db


@pytest.fixture
def cras():
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


def marcado(ator, prontuario, consulta=""):
    cliente = Client()
    cliente.force_login(ator.pessoa)
    pagina = texto(cliente.get(reverse("atendimento-novo", args=[prontuario.familia_id]) + consulta))
    achado = re.search(r'name="tipo" value="(\d)"[^>]*checked', pagina)
    return achado[1] if achado else None


def test_o_tipo_vem_como_no_ultimo_que_a_mesma_pessoa_anotou_hoje(cras):
    prontuario, ator = fabricas.familia(cras), fabricas.tecnica(cras)
    hoje = timezone.localdate()

    assert marcado(ator, prontuario) is None
    fabricas.atendimento(prontuario, por=ator, tipo=4, dia=min(hoje - timedelta(days=1), fabricas.HOJE))
    fabricas.atendimento(prontuario, tipo=1)  # de outra pessoa
    assert marcado(ator, prontuario) is None


def test_o_endereco_traz_o_tipo_e_o_que_nao_e_tipo_se_ignora(cras):
    prontuario, ator = fabricas.familia(cras), fabricas.tecnica(cras)

    assert marcado(ator, prontuario, "?tipo=7") == "7"
    assert marcado(ator, prontuario, "?tipo=8") is None
    assert marcado(ator, prontuario, "?tipo=x") is None


def test_depois_de_anotar_uma_visita_a_proxima_pagina_ja_a_traz_marcada(cras):
    prontuario, ator = fabricas.familia(cras), fabricas.tecnica(cras)
    cliente = Client()
    cliente.force_login(ator.pessoa)

    cliente.post(
        reverse("atendimento-novo", args=[prontuario.familia_id]),
        {"chave": prontuario.pk, "tipo": "7", "dia": f"{timezone.localdate():%d/%m/%Y}"},
    )

    assert marcado(ator, prontuario) == "7"
