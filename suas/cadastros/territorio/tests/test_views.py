import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suas.cadastros.territorio import mapa, secoes
from suas.cadastros.territorio.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.permissoes.ator import ATOR_PUBLICO

pytestmark = pytest.mark.django_db


def texto(resposta) -> str:
    return resposta.content.decode()


def test_o_pais_sem_carga_diz_o_que_fazer(client):
    pagina = texto(client.get(reverse("territorio-brasil")))

    assert "ainda não foram carregados" in pagina
    assert "./redesuas instalar" in pagina


def test_o_municipio_diz_quando_a_populacao_nova_muda_o_porte_e_por_que(client):
    fabricas.municipio(fabricas.SERRA, habitantes=50_000, ano=2020)
    fabricas.municipio(fabricas.SERRA, habitantes=50_001, ano=2022)
    fabricas.municipio(fabricas.VITORIA, habitantes=50_000, ano=2020)
    fabricas.municipio(fabricas.VITORIA, habitantes=49_000, ano=2022)

    mudou, continua = (
        texto(client.get(reverse("territorio-municipio", args=[codigo])))
        for codigo in (fabricas.SERRA, fabricas.VITORIA)
    )

    assert "era Pequeno II em 2020" in mudou
    assert "Em 2020 era Pequeno II: 50.000 habitantes" in mudou
    assert "era Pequeno II" not in continua


def test_o_municipio_sem_populacao_diz_o_que_falta(client):
    fabricas.municipio(fabricas.VITORIA)

    pagina = texto(client.get(reverse("territorio-municipio", args=[fabricas.VITORIA])))

    assert "Nenhuma população deste município foi carregada" in pagina


def test_todo_assunto_sem_conteudo_tem_lugar_honesto(client):
    fabricas.municipio(fabricas.VITORIA, habitantes=365_855)

    pagina = texto(client.get(reverse("territorio-municipio", args=[fabricas.VITORIA])))

    for lugar in secoes.LUGARES:
        assert lugar.o_que in pagina, lugar.chave
        assert lugar.por_que in pagina, lugar.chave


def test_secao_registrada_toma_o_lugar_do_vazio(monkeypatch):
    municipio = fabricas.municipio(fabricas.VITORIA)
    secao = secoes.Secao(
        chave="rede", titulo="Rede", ordem=1, template="x.jinja", contexto=lambda municipio, ator, hoje: {"cras": 12}
    )
    monkeypatch.setattr(secoes, "_secoes", {})
    secoes.registrar(secao)

    prontas, vazias = secoes.montar(municipio=municipio, ator=ATOR_PUBLICO, hoje=AGORA.date())

    assert [(p.secao.chave, p.contexto) for p in prontas] == [("rede", {"cras": 12})]
    assert "rede" not in {v.chave for v in vazias}


def test_a_lista_da_uf_faz_as_mesmas_consultas_com_1_ou_20_municipios(client):
    def consultas_com(codigos) -> int:
        for codigo in codigos:
            fabricas.municipio(codigo, habitantes=1000)
        with CaptureQueriesContext(connection) as contexto:
            client.get(reverse("territorio-uf", args=["ES"]))
        return len(contexto)

    codigos = mapa.contornos().por_uf["ES"]

    assert consultas_com(codigos[:1]) == consultas_com(codigos[1:20])


@pytest.mark.parametrize(
    "endereco",
    [
        "/territorio/uf/%00%00/",
        "/territorio/municipio/%D9%A3205309/",
        "/territorio/municipio/32053/",
    ],
)
def test_endereco_torto_nao_existe(client, endereco):
    assert client.get(endereco).status_code == 404


def test_a_pagina_do_municipio_se_imprime_em_pdf_que_leva_de_volta_a_ela(client):
    fabricas.municipio(fabricas.VITORIA, habitantes=365_855)

    resposta = client.get(reverse("territorio-municipio-papel", args=[fabricas.VITORIA]))

    assert resposta["Content-Type"] == "application/pdf"
    assert resposta.content.startswith(b"%PDF-")
    assert f"/territorio/municipio/{fabricas.VITORIA}/".encode() in resposta.content
    assert client.get(reverse("territorio-municipio-papel", args=["9999999"])).status_code == 404


def test_os_numeros_de_cada_porte_abrem_os_municipios_que_contam(client):
    fabricas.municipio(fabricas.SERRA, habitantes=50_001, ano=2022)
    fabricas.municipio(fabricas.VITORIA, habitantes=49_000, ano=2022)

    pais = texto(client.get(reverse("territorio-brasil")))
    medio = texto(client.get(reverse("territorio-brasil"), {"ano": 2022, "porte": "MEDIO"}))
    todos = texto(client.get(reverse("territorio-brasil"), {"porte": "todos", "ordem_dos_municipios": "-habitantes"}))
    csv = texto(client.get(reverse("territorio-brasil"), {"porte": "MEDIO", "formato": "csv", "tabela": "municipios"}))

    da_serra, de_vitoria = f'href="/territorio/municipio/{fabricas.SERRA}/"', f"/municipio/{fabricas.VITORIA}/"
    assert 'href="/territorio/?ano=2022&amp;porte=MEDIO#t-municípios">1</a>' in pais
    assert da_serra in medio and de_vitoria not in medio and "Porte Médio: 1 município" in medio
    assert todos.index(da_serra) < todos.index(de_vitoria)
    assert fabricas.SERRA in csv and fabricas.VITORIA not in csv
