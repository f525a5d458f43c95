"""Os órgãos para programas."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from suas.cadastros.orgaos.models import Orgao
from suas.cadastros.orgaos.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA

pytestmark = pytest.mark.django_db


def test_outro_cadastro_acompanha_so_o_que_mudou(client: Client) -> None:
    antigo = fabricas.orgao()
    Orgao.objects.filter(pk=antigo.pk).update(mudou_em=AGORA - timedelta(days=2))
    novo = fabricas.orgao("conselho")

    resposta = client.get("/api/v1/orgaos", {"territorio": "32", "mudados_desde": AGORA.isoformat()}).json()

    assert [item["id"] for item in resposta["itens"]] == [str(novo.pk)]


def test_o_filtro_por_territorio_e_tipo_deixa_de_fora_os_outros(client: Client) -> None:
    fabricas.orgao(onde="3550308")
    fabricas.orgao("conselho")
    gestor = fabricas.orgao()

    resposta = client.get("/api/v1/orgaos", {"territorio": "32", "tipo": "orgao_gestor"}).json()

    assert [item["id"] for item in resposta["itens"]] == [str(gestor.pk)]


def test_o_orgao_traz_quem_responde(client: Client) -> None:
    orgao = fabricas.orgao()
    fabricas.mandato(orgao, nome="Titular do Exemplo")

    resposta = client.get(f"/api/v1/orgaos/{orgao.pk}").json()

    assert resposta["ente"] == fabricas.VITORIA
    assert [m["nome"] for m in resposta["mandatos"]] == ["Titular do Exemplo"]
