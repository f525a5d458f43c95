"""O que espera por cada vínculo, e a cota na página do município."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suas.financas.partilhas.acoes import abertura
from suas.financas.partilhas.consultas.a_fazer import pendencias
from suas.financas.partilhas.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes.ator import ATOR_PUBLICO

pytestmark = pytest.mark.django_db


def _a_fazer(ator):
    return [(p.titulo, p.acao, p.endereco) for p in pendencias(ator, HOJE)]


def test_quem_conduz_ve_o_proximo_passo_de_cada_estado(federal, lugares):
    partilha = fabricas.partilha(por=federal, nome="Rascunho")
    assert _a_fazer(federal) == [("Rascunho", "simular", reverse("partilha", args=[partilha.pk]))]

    deliberada = fabricas.deliberada(por=federal)
    assert ("Partilha de teste", "selar", reverse("partilha-selar", args=[deliberada.pk])) in _a_fazer(federal)


def test_selada_e_cenario_nao_pedem_nada(federal, lugares):
    selada = fabricas.selada(por=federal)
    abertura.criar_cenario(partilha=selada, escolhas=fabricas.escolhas(nome="Cenário"), por=federal, em=AGORA)

    assert _a_fazer(federal) == []


def test_estado_municipio_e_conselho_leem_a_simulada_no_seu_lugar(federal, estadual, municipal, conselho, lugares):
    partilha = fabricas.simulada(por=federal)

    assert _a_fazer(estadual)[0][1:] == ("ler", reverse("partilha-uf", args=[partilha.pk, "ES"]))
    assert _a_fazer(municipal)[0][1:] == ("ler", reverse("partilha-municipio", args=[partilha.pk, "3200102"]))
    assert _a_fazer(conselho)[0][1:] == ("ler", reverse("partilha", args=[partilha.pk]))
    assert list(pendencias(ATOR_PUBLICO, HOJE)) == []


def test_ao_conselho_do_ambito_cabe_a_pactuada(federal, estadual, conselho, lugares):
    fabricas.juntar(fabricas.simulada(por=federal), por=federal)

    assert [p.acao for p in pendencias(conselho, HOJE)] == ["examinar"]
    assert list(pendencias(estadual, HOJE)) == []


def test_a_lista_faz_as_mesmas_consultas_com_1_e_com_muitas(federal, lugares):
    def consultas() -> int:
        with CaptureQueriesContext(connection) as capturadas:
            list(pendencias(federal, HOJE))
        return len(capturadas)

    fabricas.simulada(por=federal)
    uma = consultas()
    for _ in range(5):
        fabricas.deliberada(por=federal)

    assert consultas() == uma


def test_a_pagina_do_municipio_mostra_a_cota_a_quem_a_pode_ver(client, federal, municipal, lugares):
    fabricas.simulada(por=federal, nome="Partilha vista")
    endereco = reverse("territorio-municipio", args=["3200102"])

    assert "Partilha vista" not in client.get(endereco).content.decode()
    client.force_login(municipal.pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Partilha vista" in client.get(endereco).content.decode()
    vizinho = reverse("territorio-municipio", args=["3200201"])
    assert "Partilha vista" not in client.get(vizinho).content.decode()
