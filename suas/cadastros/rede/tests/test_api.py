"""A rede para programas: filtros, o que mudou desde um instante, e o endereço reservado."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import BRASILIA, SERRA, VITORIA, municipio
from suas.nucleo.api.tests.fabricas import criar_chave
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.permissoes.papeis import VIGILANCIA_MUNICIPAL

pytestmark = pytest.mark.django_db


def nomes(**consulta: str) -> list[str]:
    resposta = Client().get(reverse("api-unidades"), consulta)
    assert resposta.status_code == 200, resposta.content
    return [item["nome"] for item in resposta.json()["itens"]]


@pytest.fixture
def rede():
    for dias, (nome, campos) in enumerate(
        [
            ("CRAS Centro", {}),
            ("CREAS Serra", {"tipo": "creas", "onde": SERRA}),
            ("CRAS Fechado", {"fechada_em": date(2020, 1, 1)}),
            ("CRAS Plano Piloto", {"onde": BRASILIA}),
        ]
    ):
        unidade(nome, **{"mudada_em": AGORA + timedelta(days=dias)} | campos)


@pytest.mark.parametrize(
    "consulta, esperadas",
    [
        ({}, ["CRAS Centro", "CREAS Serra", "CRAS Fechado", "CRAS Plano Piloto"]),
        ({"uf": "ES"}, ["CRAS Centro", "CREAS Serra", "CRAS Fechado"]),
        ({"codigo_ibge": VITORIA, "em_funcionamento": "true"}, ["CRAS Centro"]),
        ({"em_funcionamento": "false"}, ["CRAS Fechado"]),
        ({"tipo": "creas"}, ["CREAS Serra"]),
        ({"busca": "plano piloto"}, ["CRAS Plano Piloto"]),
        ({"mudadas_desde": "2026-11-23T15:00:00Z"}, ["CRAS Fechado", "CRAS Plano Piloto"]),
    ],
)
def test_cada_filtro_da_o_que_diz_na_ordem_em_que_mudou(rede, consulta, esperadas):
    assert nomes(**consulta) == esperadas


def test_as_paginas_se_seguem_sem_repetir_nem_faltar(rede):
    endereco, vistas = reverse("api-unidades") + "?limite=1", []
    while endereco:
        pagina = Client().get(endereco).json()
        vistas += [item["nome"] for item in pagina["itens"]]
        endereco = pagina["proxima"]

    assert vistas == ["CRAS Centro", "CREAS Serra", "CRAS Fechado", "CRAS Plano Piloto"]


def test_instante_sem_fuso_ou_que_nao_se_entende_e_recusado(rede):
    for escrito in ("2026-11-23", "ontem", "2026-11-23T15:00:00"):
        assert Client().get(reverse("api-unidades"), {"mudadas_desde": escrito}).status_code == 422, escrito


def test_uma_unidade_vem_com_servicos_e_municipios_e_304_a_quem_ja_a_tem():
    achada = unidade("CREAS Regional", tipo="creas_regional", latitude="-20.3", longitude="-40.3")
    municipio(SERRA)
    ServicoOfertado.objects.create(unidade=achada, servico="paefi", capacidade=80, desde=date(2020, 1, 1))
    MunicipioAtendido.objects.create(unidade=achada, municipio_id=SERRA, cota_percentual=40)
    endereco = reverse("api-unidade", args=[achada.pk])

    resposta = Client().get(endereco)
    de_novo = Client().get(endereco, headers={"If-None-Match": resposta["ETag"]})

    dados = resposta.json()
    assert dados["servicos"] == [{"servico": "paefi", "capacidade": 80, "desde": "2020-01-01", "ate": None}]
    assert dados["municipios_atendidos"][0]["cota_percentual"] == "40.00"
    assert (dados["latitude"], dados["mudada_em"]) == ("-20.300000", "2026-11-21T15:00:00Z")
    assert de_novo.status_code == 304
    assert Client().get(reverse("api-unidade", args=["018f0000-0000-7000-8000-000000000000"])).status_code == 404


def test_o_endereco_reservado_so_vem_a_quem_age_no_territorio():
    casa = unidade("Casa", tipo="acolhimento", endereco_reservado=True, latitude="-20.3", longitude="-40.3")
    de_casa = Client(headers=_chave(VITORIA))
    de_fora = Client(headers=_chave(SERRA))

    for endereco in (reverse("api-unidades"), reverse("api-unidade", args=[casa.pk])):
        for cliente in (Client(), de_fora):
            texto = cliente.get(endereco).content.decode()
            assert "do Exemplo" not in texto and "29010000" not in texto and "-20.3" not in texto
            assert '"telefone":"2733334444"' in texto
        assert "do Exemplo" in de_casa.get(endereco).content.decode()


def _chave(codigo: str) -> dict[str, str]:
    municipio(codigo)
    return {"Authorization": f"Bearer {criar_chave(ator(VIGILANCIA_MUNICIPAL, codigo)).texto}"}
