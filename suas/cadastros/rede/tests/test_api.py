"""A rede para programas: filtros, o que mudou desde um instante, e o endereço reservado."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado, Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.rede.tests.juncoes import juntar
from suas.cadastros.territorio.tests.fabricas import BRASILIA, SERRA, VITORIA, municipio
from suas.nucleo.api.tests.fabricas import criar_chave
from suas.nucleo.identidade.tests.fabricas import AGORA, ator, instalacao
from suas.nucleo.permissoes.papeis import GESTAO_ESTADUAL, GESTAO_MUNICIPAL, VIGILANCIA_MUNICIPAL

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


class TestEscrita:
    """O que a unidade oferta e quem atende, pelos mesmos atos da ficha."""

    @pytest.fixture
    def creas(self):
        municipio(SERRA)
        return unidade("CREAS", tipo="creas_regional", aberta_em=date(2010, 1, 1))

    @staticmethod
    def enviar(metodo, endereco, corpo, *, etag="*"):
        cliente = Client(headers=_chave(VITORIA, escreve=True))
        return getattr(cliente, metodo)(
            endereco, corpo, content_type="application/json", headers={"If-Match": etag} if etag else {}
        )

    def test_informa_muda_e_encerra_um_servico_com_a_versao_que_leu(self, creas):
        servico = reverse("api-unidade-servico", args=[creas.pk, "paefi"])
        etag = Client(headers=_chave(VITORIA)).get(reverse("api-unidade", args=[creas.pk]))["ETag"]

        nova = self.enviar("put", servico, {"capacidade": 80, "desde": "2020-02-01"}, etag=etag)
        velha = self.enviar("put", servico, {"capacidade": 90}, etag=etag)
        sem_etag = self.enviar("put", servico, {"capacidade": 90}, etag="")
        mudada = self.enviar("put", servico, {"capacidade": 90, "desde": "2020-02-01"}, etag=nova["ETag"])
        fim = reverse("api-unidade-servico-encerramento", args=[creas.pk, "paefi"])
        encerrada = self.enviar("post", fim, {"dia": "2021-01-01", "motivo": "Mudou"}, etag=mudada["ETag"])

        assert [r.status_code for r in (nova, velha, sem_etag, mudada, encerrada)] == [200, 412, 428, 200, 200]
        assert nova.json()["servicos"][0]["capacidade"] == 80
        assert encerrada.json()["servicos"] == [
            {"servico": "paefi", "capacidade": 90, "desde": "2020-02-01", "ate": "2021-01-01"}
        ]

    def test_informa_e_encerra_um_municipio_atendido(self, creas):
        atendido = reverse("api-unidade-atendido", args=[creas.pk, SERRA])
        corpo = {"vagas": 10, "cota_percentual": "12.50", "fluxo": "Pela central"}

        feito = [self.enviar("put", atendido, corpo).json()["municipios_atendidos"] for _ in range(2)]
        fim = reverse("api-unidade-atendido-encerramento", args=[creas.pk, SERRA])
        encerrado = self.enviar("post", fim, {"dia": "2026-10-01", "motivo": "Abriu o próprio"})

        esperado = {"codigo_ibge": SERRA, "desde": None, "ate": None} | corpo
        assert feito == [[esperado], [esperado]]
        assert encerrado.json()["municipios_atendidos"][0]["ate"] == "2026-10-01"

    @pytest.mark.parametrize(
        ("servico", "corpo", "situacao", "frase"),
        [
            ("inventado", {}, 409, "não é código de serviço da Tipificação"),
            ("paefi", {"desde": "2009-01-01"}, 409, "funciona desde 01/01/2010"),
            ("paefi", {"desde": "2026-02-30"}, 422, "Escreva um dia do calendário"),
            ("paefi", {"capacidade": -1}, 422, ""),
        ],
    )
    def test_o_que_nao_cabe_e_recusado_em_palavras(self, creas, servico, corpo, situacao, frase):
        recusa = self.enviar("put", reverse("api-unidade-servico", args=[creas.pk, servico]), corpo)

        assert recusa.status_code == situacao and frase in recusa.content.decode()
        assert not ServicoOfertado.objects.exists()


def _chave(codigo: str, *, escreve: bool = False) -> dict[str, str]:
    municipio(codigo)
    chave = criar_chave(ator(VIGILANCIA_MUNICIPAL, codigo), pode_escrever=escreve)
    return {"Authorization": f"Bearer {chave.texto}"}


def test_os_servicos_das_unidades_se_acompanham_desde_um_instante(client):
    nova, antiga = unidade("CRAS Novo"), unidade("CREAS Antigo", tipo="creas", onde=SERRA)
    ServicoOfertado.objects.create(unidade=nova, servico="paif", capacidade=200)
    ServicoOfertado.objects.create(unidade=antiga, servico="paefi", ate=date(2026, 1, 1))
    Unidade.objects.filter(pk=antiga.pk).update(mudada_em=datetime(2020, 1, 1, tzinfo=UTC))
    endereco = reverse("api-servicos-das-unidades")

    todos = client.get(endereco).json()["itens"]
    novos = client.get(endereco, {"mudadas_desde": "2021-01-01T00:00:00Z"}).json()["itens"]
    da_serra = client.get(endereco, {"codigo_ibge": SERRA}).json()["itens"]

    assert [(item["servico"], item["ate"]) for item in todos] == [("paefi", "2026-01-01"), ("paif", None)]
    assert [(item["unidade_id"], item["capacidade"]) for item in novos] == [(str(nova.pk), 200)]
    assert [item["codigo_ibge"] for item in da_serra] == [SERRA]


def test_a_unidade_juntada_diz_em_qual_e_as_duas_entram_em_mudadas_desde(client):
    instalacao(abrangencia="BR")
    sai, fica, alheia = (unidade(nome) for nome in ("CRAS Central", "CRAS Centro", "CRAS Sul"))
    juntar(ator(GESTAO_MUNICIPAL, VITORIA), ator(GESTAO_ESTADUAL, "32"), sai=sai, fica=fica)
    Unidade.objects.filter(pk=alheia.pk).update(mudada_em=AGORA - timedelta(days=1))
    Unidade.objects.filter(pk=alheia.pk).update(desmembrada_de=fica)

    uma = client.get(f"/api/v1/unidades/{sai.pk}").json()
    mudadas = client.get("/api/v1/unidades", {"mudadas_desde": AGORA.isoformat()}).json()
    todas = {u["nome"]: u for u in client.get("/api/v1/unidades").json()["itens"]}

    assert uma["fundida_em"] == str(fica.pk) and uma["fechada_em"] == "2026-11-21"
    assert {(u["nome"], u["fundida_em"]) for u in mudadas["itens"]} == {
        ("CRAS Central", str(fica.pk)),
        ("CRAS Centro", None),
    }
    assert todas["CRAS Sul"]["desmembrada_de"] == str(fica.pk)
