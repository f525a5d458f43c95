"""As telas sobre a federação inteira, carregada uma vez para o arquivo."""

import pytest
from django.urls import reverse

from suas.cadastros.territorio.tests import fabricas

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("federacao")]


def texto(resposta) -> str:
    return resposta.content.decode()


def test_o_pais_mostra_ufs_portes_e_o_que_falta(client):
    pagina = texto(client.get(reverse("territorio-brasil")))

    assert "5.570" in pagina
    assert "211.755.692" in pagina
    assert "Espírito Santo" in pagina
    assert "Boa Esperança do Norte" in pagina
    assert "Metrópole" in pagina


def test_a_tabela_do_pais_ordena_e_se_baixa(client):
    resposta = client.get(reverse("territorio-brasil"), {"ordem": "-municipios", "formato": "csv"})

    linhas = texto(resposta).splitlines()
    assert linhas[0] == "uf,nome,regiao,municipios,habitantes"
    assert linhas[1] == "MG,Minas Gerais,Sudeste,853,21292666"
    assert len(linhas) == 28


def test_busca_com_um_achado_leva_a_pagina_do_municipio(client):
    resposta = client.get(reverse("territorio-busca"), {"q": "3205309"})

    assert resposta.status_code == 302
    assert resposta["Location"] == reverse("territorio-municipio", args=["3205309"])


def test_busca_com_varios_lista_e_sem_nenhum_diz_o_que_tentar(client):
    varios = texto(client.get(reverse("territorio-busca"), {"q": "bom jesus"}))
    nenhum = texto(client.get(reverse("territorio-busca"), {"q": "<b>xyz"}))

    assert "Bom Jesus da Lapa" in varios
    assert "Nada com “&lt;b&gt;xyz”" in nenhum
    assert "Aqui aparece o que você buscar" in texto(client.get(reverse("territorio-busca")))


def test_a_uf_lista_os_municipios_com_mapa_e_filtros(client):
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
def test_endereco_que_nao_existe_ou_se_escreve_de_outro_jeito(client, rota, argumento, esperado):
    assert client.get(reverse(rota, args=[argumento])).status_code == esperado


def test_o_municipio_mostra_porte_com_motivo_e_populacao_por_ano(client):
    fabricas.municipio(fabricas.VITORIA, habitantes=309_507, ano=2004)

    pagina = texto(client.get(reverse("territorio-municipio", args=[fabricas.VITORIA])))

    assert "Vitória/ES" in pagina
    assert "365.855" in pagina and "309.507" in pagina
    assert "+56.348 desde 2004" in pagina
    assert "de 100.001 a 900.000 habitantes" in pagina
    assert "PNAS/2004" in pagina
    assert "4º" in pagina and "de 78" in pagina


@pytest.mark.parametrize("ano", ["²²²²", "9" * 5000, "-1", "2020x", "1500"])
def test_ano_que_nao_temos_vira_o_mais_recente(client, ano):
    assert "população de 2020" in texto(client.get(reverse("territorio-brasil"), {"ano": ano}))
