import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suas.cadastros.territorio import acoes, mapa, secoes
from suas.cadastros.territorio.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.permissoes.ator import ATOR_PUBLICO

pytestmark = pytest.mark.django_db


@pytest.fixture
def brasil():
    acoes.carregar_federacao(por=ATOR_PUBLICO, em=AGORA)


def texto(resposta) -> str:
    return resposta.content.decode()


def test_o_pais_mostra_ufs_portes_e_o_que_falta(client, brasil):
    pagina = texto(client.get(reverse("territorio-brasil")))

    assert "5.570" in pagina
    assert "211.755.692" in pagina
    assert "Espírito Santo" in pagina
    assert "Boa Esperança do Norte" in pagina
    assert "Metrópole" in pagina


def test_o_pais_sem_carga_diz_o_que_fazer(client):
    pagina = texto(client.get(reverse("territorio-brasil")))

    assert "ainda não foram carregados" in pagina
    assert "./redesuas instalar" in pagina


def test_a_tabela_do_pais_ordena_e_se_baixa(client, brasil):
    resposta = client.get(reverse("territorio-brasil"), {"ordem": "-municipios", "formato": "csv"})

    linhas = texto(resposta).splitlines()
    assert linhas[0] == "uf,nome,regiao,municipios,habitantes"
    assert linhas[1] == "MG,Minas Gerais,Sudeste,853,21292666"
    assert len(linhas) == 28


def test_busca_com_um_achado_leva_a_pagina_do_municipio(client, brasil):
    resposta = client.get(reverse("territorio-busca"), {"q": "3205309"})

    assert resposta.status_code == 302
    assert resposta["Location"] == reverse("territorio-municipio", args=["3205309"])


def test_busca_com_varios_lista_e_sem_nenhum_diz_o_que_tentar(client, brasil):
    varios = texto(client.get(reverse("territorio-busca"), {"q": "bom jesus"}))
    nenhum = texto(client.get(reverse("territorio-busca"), {"q": "<b>xyz"}))

    assert "Bom Jesus da Lapa" in varios
    assert "Nada com “&lt;b&gt;xyz”" in nenhum
    assert "Aqui aparece o que você buscar" in texto(client.get(reverse("territorio-busca")))


def test_a_uf_lista_os_municipios_com_mapa_e_filtros(client, brasil):
    pagina = texto(client.get(reverse("territorio-uf", args=["ES"])))
    grandes = texto(client.get(reverse("territorio-uf", args=["ES"]), {"porte": "GRANDE", "formato": "csv"}))
    vazio = texto(client.get(reverse("territorio-uf", args=["ES"]), {"nome": "zzz"}))

    assert pagina.count('<a href="/territorio/municipio/') >= 78
    assert "Vitória (Grande)" in pagina
    assert "3205309,Vitória,ES,365855,Grande" in grandes.splitlines()
    assert "Nenhum município com estes filtros" in vazio


@pytest.mark.parametrize(
    "rota, argumento, esperado",
    [("territorio-uf", "XX", 404), ("territorio-uf", "es", 302), ("territorio-municipio", "9999999", 404)],
)
def test_endereco_que_nao_existe_ou_se_escreve_de_outro_jeito(client, brasil, rota, argumento, esperado):
    assert client.get(reverse(rota, args=[argumento])).status_code == esperado


def test_o_municipio_mostra_porte_com_motivo_e_populacao_por_ano(client, brasil):
    fabricas.municipio(fabricas.VITORIA, habitantes=309_507, ano=2004)

    pagina = texto(client.get(reverse("territorio-municipio", args=[fabricas.VITORIA])))

    assert "Vitória/ES" in pagina
    assert "365.855" in pagina and "309.507" in pagina
    assert "+56.348 desde 2004" in pagina
    assert "de 100.001 a 900.000 habitantes" in pagina
    assert "PNAS/2004" in pagina
    assert "4º" in pagina and "de 78" in pagina


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


@pytest.mark.parametrize("ano", ["²²²²", "9" * 5000, "-1", "2020x", "1500"])
def test_ano_que_nao_temos_vira_o_mais_recente(client, brasil, ano):
    assert "população de 2020" in texto(client.get(reverse("territorio-brasil"), {"ano": ano}))
