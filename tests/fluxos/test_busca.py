"""A busca do alto: cada cadastro acha o que é seu, e a página junta por tipo."""

from datetime import timedelta

import pytest
from django.urls import reverse

from suas.cadastros.entidades.models import Entidade
from suas.cadastros.entidades.tests import fabricas as entidades
from suas.cadastros.fundos import acoes as fundos
from suas.cadastros.orgaos import acoes as orgaos
from suas.cadastros.orgaos.tests.fabricas import orgao
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio import procura
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE, ator
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("federacao")]
SERRA = "3205002"


def entidade(nome: str = "Associação do Exemplo") -> Entidade:
    return entidades.entidade(por=ator(GESTAO_MUNICIPAL, VITORIA), em=AGORA, razao_social=nome)


def buscar(client, termo: str, **mais: str):
    return client.get(reverse("territorio-busca"), {"q": termo, **mais})


def titulos(termo: str, *, so: str = "") -> dict[str, list[str]]:
    """Os tipos achados, com os nomes de cada um."""
    grupos = procura.em_todos(termo, ator=ATOR_PUBLICO, hoje=HOJE, so=so)
    return {grupo.titulo: [achado.nome for achado in grupo.achados] for grupo in grupos}


def test_acha_unidade_entidade_orgao_e_fundo_sem_acento_cada_um_no_seu_tipo():
    unidade("CRAS São Exemplo")
    unidade("CREAS São Exemplo", tipo="creas", onde=SERRA)
    entidade("Associação São Exemplo")
    orgao("conselho", nome="Conselho do São Exemplo", sigla="CMAS")
    fundos.registrar_fundo(abrangencia=VITORIA, dados={"nome": "Fundo São Exemplo"}, por=ATOR_PUBLICO, em=AGORA)

    assert titulos("sao exemplo") == {
        "Unidades da rede": ["CRAS São Exemplo", "CREAS São Exemplo"],
        "Entidades": ["Associação São Exemplo"],
        "Órgãos gestores e conselhos": ["Conselho do São Exemplo"],
        "Fundos": ["Fundo São Exemplo"],
    }


def test_o_lugar_escolhe_entre_homonimas_e_sozinho_nao_traz_unidade_nenhuma(client):
    unidade("CRAS Centro")
    da_serra = unidade("CRAS Centro", onde=SERRA)

    assert buscar(client, "cras centro serra").url == reverse("rede-unidade", args=[da_serra.pk])
    assert titulos("cras centro es")["Unidades da rede"] == ["CRAS Centro", "CRAS Centro"]
    assert buscar(client, "Serra/ES").url == reverse("territorio-municipio", args=[SERRA])


def test_a_palavra_do_tipo_acha_a_unidade_cujo_nome_nao_a_diz(client):
    unidade("Casa do Exemplo", tipo="creas")
    unidade("CRAS do Exemplo")

    achada = buscar(client, "creas vitoria")

    assert achada.status_code == 302
    assert "/rede/" in achada.url


def test_o_identificador_e_o_cnpj_levam_direto_a_pagina(client):
    uma = unidade("CRAS do Exemplo", identificador="32053000001")
    ela = entidade()

    assert buscar(client, "32053000001").url == reverse("rede-unidade", args=[uma.pk])
    assert buscar(client, ela.cnpj_escrito).url == reverse("entidade", args=[ela.pk])


def test_a_sigla_do_conselho_com_o_municipio_acha_o_conselho(client):
    orgao("conselho", nome="Conselho Municipal", sigla="CMAS")
    da_serra = orgao("conselho", nome="Conselho Municipal", sigla="CMAS", onde=SERRA)

    assert buscar(client, "cmas serra").url == reverse("orgao", args=[da_serra.abrangencia, "conselho"])


def test_o_lugar_dito_por_inteiro_vem_antes_do_que_so_o_contem():
    for onde in ("2933307", "3205309"):  # Vitória da Conquista/BA e Vitória/ES
        orgao("conselho", nome=f"Conselho {onde}", onde=onde)
        unidade("CRAS Centro" if onde == "3205309" else "CRAS", onde=onde)

    assert titulos("conselho vitoria")["Órgãos gestores e conselhos"] == ["Conselho 3205309", "Conselho 2933307"]
    assert titulos("cras vitoria")["Unidades da rede"] == ["CRAS Centro", "CRAS"]


def test_mudado_o_nome_do_orgao_a_busca_segue_o_novo(client):
    antigo = orgao(nome="Secretaria do Nome Velho")
    dados = {"nome": "Secretaria da Proteção"}
    orgaos.atualizar_orgao(orgao=antigo, dados=dados, versao=1, por=ATOR_PUBLICO, em=AGORA)

    assert titulos("nome velho") == {}
    assert buscar(client, "protecao").status_code == 302


def test_a_unidade_de_endereco_reservado_se_acha_sem_dizer_onde_fica(client):
    unidade("Casa de Acolhida Exemplo", tipo="acolhimento", endereco_reservado=True, bairro="Bairro Escondido")
    unidade("Casa de Passagem Exemplo", tipo="acolhimento")

    resposta = buscar(client, "casa exemplo").content.decode()

    assert "Casa de Acolhida Exemplo" in resposta
    assert "Escondido" not in resposta
    assert titulos("escondido") == {}


def test_a_fechada_aparece_e_diz_que_nao_funciona(client):
    unidade("CRAS Exemplo Um", fechada_em=HOJE - timedelta(days=400))
    unidade("CRAS Exemplo Dois")

    assert buscar(client, "cras exemplo").content.decode().count("não funciona hoje") == 1


def test_muitas_de_um_tipo_nao_escondem_as_outras_e_levam_a_todas(client):
    for numero in range(12):
        unidade(f"CRAS Repetido {numero:02}")
    orgao(nome="Secretaria do Repetido")

    resposta = buscar(client, "repetido").content.decode()

    assert [len(nomes) for nomes in titulos("repetido").values()] == [8, 1]
    assert "so=unidades" in resposta
    assert {tipo: len(nomes) for tipo, nomes in titulos("repetido", so="unidades").items()} == {"Unidades da rede": 12}
    assert "CRAS Repetido 11" in buscar(client, "repetido", so="unidades").content.decode()


def test_nada_achado_diz_o_que_fazer(client):
    texto = buscar(client, "zzzxxx").content.decode()

    assert "Tente menos letras" in texto
    assert reverse("rede-lista") in texto


def test_uma_letra_nao_procura_nos_cadastros():
    unidade("A")

    assert titulos("a") == {}
