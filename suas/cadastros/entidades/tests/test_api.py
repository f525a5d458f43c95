"""As entidades e as inscrições para programas: o que sai, o que não sai, e acompanhar o que muda."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.entidades.acoes import cadastro
from suas.cadastros.entidades.models import Oferta
from suas.cadastros.entidades.tests import fabricas
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL, SECRETARIA_CONSELHO
from tests import mundo

pytestmark = pytest.mark.django_db
AGORA = datetime(2026, 10, 23, 15, 0, tzinfo=UTC)
CAPITAL = "3205309"


@pytest.fixture
def gestora() -> Ator:
    identidade.instalacao()
    mundo.criar_territorio()
    return identidade.ator(GESTAO_MUNICIPAL, CAPITAL)


def pedir(rota: str, *argumentos: object, **consulta: str) -> Any:
    return Client().get(reverse(rota, args=argumentos), consulta)


def test_uma_entidade_sai_inteira_e_sem_o_nome_de_quem_a_dirige(gestora: Ator) -> None:
    uma = fabricas.completa(por=gestora, em=AGORA)
    fabricas.inscrita(uma, por=identidade.ator(SECRETARIA_CONSELHO, CAPITAL), em=AGORA)

    resposta = pedir("api-entidade", uma.pk)
    dados = resposta.json()

    assert (dados["cnpj"], dados["uf"], dados["codigo_ibge"]) == ("ZZCENADO000105", "ES", CAPITAL)
    assert dados["atua_em"] == ["3200102"]
    assert [o["servico"] for o in dados["ofertas"]] == ["scfv"]
    assert [p["valor_centavos"] for p in dados["parcerias"]] == [12_000_000]
    assert [i["numero"] for i in dados["inscricoes"]] == [1]
    assert "Dirigente do Exemplo" not in resposta.content.decode()


def test_so_sai_a_inscricao_que_tem_numero(gestora: Ator) -> None:
    conselho = identidade.ator(SECRETARIA_CONSELHO, CAPITAL)
    fabricas.pedida(fabricas.entidade(por=gestora, em=AGORA), por=conselho, em=AGORA)
    fabricas.inscrita(fabricas.entidade(por=gestora, em=AGORA), por=conselho, em=AGORA)

    itens = pedir("api-inscricoes", codigo_ibge=CAPITAL).json()["itens"]

    assert [(i["numero"], i["estado"]) for i in itens] == [(1, "inscrita")]
    assert pedir("api-inscricoes", uf="SP").json()["itens"] == []


def test_quem_acompanha_pede_so_o_que_mudou(gestora: Ator) -> None:
    antiga = fabricas.entidade(por=gestora, em=AGORA)
    fabricas.entidade(por=gestora, em=AGORA)
    depois = AGORA + timedelta(days=1)
    cadastro.atualizar(
        entidade=antiga, ficha=fabricas.ficha(cnpj=antiga.cnpj, bairro="Praia"), versao=1, por=gestora, em=depois
    )

    itens = pedir("api-entidades", mudadas_desde=depois.isoformat()).json()["itens"]

    assert [(i["id"], i["bairro"]) for i in itens] == [(str(antiga.pk), "Praia")]


def test_filtra_por_servico_e_situacao(gestora: Ator) -> None:
    com = fabricas.entidade(por=gestora, em=AGORA)
    fabricas.entidade(por=gestora, em=AGORA)
    fabricas.oferta(com, por=gestora, em=AGORA)

    assert [i["id"] for i in pedir("api-entidades", servico="scfv").json()["itens"]] == [str(com.pk)]
    assert len(pedir("api-entidades", situacao="sem_inscricao").json()["itens"]) == 2
    assert pedir("api-entidades", situacao="inscrita").json()["itens"] == []


def test_entidade_que_nao_existe_e_404_e_a_mesma_versao_nao_volta(gestora: Ator) -> None:
    uma = fabricas.entidade(por=gestora, em=AGORA)
    marca = pedir("api-entidade", uma.pk)["ETag"]

    assert pedir("api-entidade", uuid4()).status_code == 404
    repetida = Client().get(reverse("api-entidade", args=[uma.pk]), headers={"If-None-Match": marca})
    assert repetida.status_code == 304


def test_as_ofertas_se_acompanham_desde_um_instante_e_a_que_acabou_tambem_sai(gestora: Ator) -> None:
    velha = fabricas.entidade(por=gestora, em=AGORA - timedelta(days=30))
    acabou = fabricas.oferta(velha, por=gestora, em=AGORA - timedelta(days=30), nome="Acabou")
    Oferta.objects.filter(pk=acabou.pk).update(ate=date(2026, 10, 1))
    fabricas.oferta(fabricas.entidade(por=gestora, em=AGORA), por=gestora, em=AGORA, nome="Nova")

    todas = pedir("api-ofertas", codigo_ibge=CAPITAL).json()["itens"]
    novas = pedir("api-ofertas", mudadas_desde=AGORA.isoformat()).json()["itens"]

    assert [(o["nome"], o["ate"]) for o in todas] == [("Acabou", "2026-10-01"), ("Nova", None)]
    assert [o["nome"] for o in novas] == ["Nova"]
    assert todas[0]["entidade_id"] == str(velha.pk)
    assert pedir("api-ofertas", uf="SP").json()["itens"] == []
