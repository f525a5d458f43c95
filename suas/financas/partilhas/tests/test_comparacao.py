"""Comparar cenários: quem ganha, quem perde, em tela, em mapa e em planilha."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suas.financas.partilhas.consultas import comparacao
from suas.financas.partilhas.models import Cota, Criterio
from suas.financas.partilhas.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import ator
from suas.nucleo.permissoes.papeis import GESTAO_ESTADUAL

pytestmark = pytest.mark.django_db

ALFA = "3200102"


@pytest.fixture
def par(federal, lugares):
    """Duas partilhas dos mesmos municípios: a segunda com um vigésimo do dinheiro e o passo 1 pela população."""
    return (
        fabricas.simulada(por=federal, nome="Primeira", recurso_centavos=100_000_000),
        fabricas.simulada(por=federal, nome="Segunda", recurso_centavos=5_000_000, criterio_porte=Criterio.POPULACAO),
    )


@pytest.fixture
def entrar(client):
    def _entrar(ator):
        client.force_login(ator.pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _entrar


def _texto(resposta) -> str:
    return resposta.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def _escolha(a, b, **mais):
    return {"a": str(a.pk), "b": str(b.pk), **mais}


def test_balanco_fecha_com_as_cotas_das_duas(par):
    a, b = par

    dados = comparacao.comparar(a, b)

    pago = [sum(Cota.objects.filter(partilha=p).values_list("valor_centavos", flat=True)) for p in (a, b)]
    balanco = dados.balanco
    assert balanco.diferenca == pago[1] - pago[0]
    assert balanco.perdem > 0
    assert balanco.ganham + balanco.perdem + balanco.iguais == len(dados.linhas) == 8


def test_comparar_ao_contrario_troca_ganho_por_perda(par):
    ida, volta = comparacao.comparar(*par).balanco, comparacao.comparar(*reversed(par)).balanco

    assert (ida.ganham, ida.ganho, ida.perdem, ida.perda) == (volta.perdem, volta.perda, volta.ganham, volta.ganho)
    assert ida.passam_a_receber == volta.deixam_de_receber


def test_recorte_filtra_e_ordena(par):
    dados = comparacao.comparar(*par)

    perdem = comparacao.recortar(dados, mudanca="perde")
    por_nome = comparacao.recortar(dados, uf="ES", ordem="nome")
    achado = comparacao.recortar(dados, termo="epsilon")

    assert perdem
    assert {linha.mudanca for linha in perdem} == {"perde"}
    assert [linha.nome for linha in por_nome] == ["Alfa", "Beta", "Delta", "Épsilon", "Gama"]
    assert [linha.nome for linha in achado] == ["Épsilon"]


def test_a_tela_mostra_quem_perde_e_que_opcao_mudou(entrar, federal, par):
    resposta = entrar(federal).get(reverse("partilhas-comparar"), _escolha(*par))

    texto = _texto(resposta)
    assert "Critério do passo 1" in texto
    assert reverse("partilha-municipio", args=[par[1].pk, ALFA]) in texto
    assert "perde R$ 54.000,00" in texto


def test_o_mapa_da_comparacao_e_uma_imagem_com_os_avisos(entrar, federal, par):
    resposta = entrar(federal).get(reverse("partilhas-comparar-mapa"), _escolha(*par))

    assert resposta["Content-Type"].startswith("image/svg+xml")
    assert "Quem ganha e quem perde" in b"".join(resposta).decode()


def test_baixar_traz_o_que_a_tela_mostra(entrar, federal, par):
    resposta = entrar(federal).get(
        reverse("partilhas-comparar"), _escolha(*par, mudanca="perde", ordem="nome", formato="csv")
    )

    linhas = list(csv.DictReader(io.StringIO(resposta.content.decode())))
    esperadas = comparacao.recortar(comparacao.comparar(*par), mudanca="perde", ordem="nome")
    assert [linha["codigo_ibge"] for linha in linhas] == [linha.codigo for linha in esperadas]
    assert all(linha["diferenca"].startswith("-") for linha in linhas)
    assert all("Dados sintéticos" in linha["aviso"] for linha in linhas)


def test_sem_duas_simuladas_a_tela_diz_o_que_falta(client):
    assert "Faltam partilhas para comparar" in _texto(client.get(reverse("partilhas-comparar")))


def test_escolher_a_mesma_duas_vezes_e_recusado_em_palavras(entrar, federal, par):
    resposta = entrar(federal).get(reverse("partilhas-comparar"), _escolha(par[0], par[0]))

    assert "As duas escolhas são a mesma partilha, “Primeira”" in _texto(resposta)


def test_partilha_sem_simulacao_nao_se_compara(entrar, federal, par):
    rascunho = fabricas.partilha(por=federal, nome="Só aberta")

    resposta = entrar(federal).get(reverse("partilhas-comparar"), _escolha(par[0], rascunho))

    assert "“Só aberta” ainda não foi simulada" in _texto(resposta)


def test_ambitos_diferentes_nao_se_comparam(entrar, federal, estadual, par):
    do_estado = fabricas.simulada(por=estadual, ambito="32", nome="Do estado")

    resposta = entrar(federal).get(reverse("partilhas-comparar"), _escolha(par[0], do_estado))

    assert "os municípios não são os mesmos" in _texto(resposta)


@pytest.mark.parametrize("rota", ["partilhas-comparar", "partilhas-comparar-mapa"])
def test_o_publico_nao_compara_o_que_nao_ve(client, par, rota):
    assert client.get(reverse(rota), _escolha(*par)).status_code == 404
    assert client.get(reverse(rota), {"a": "isto-nao-e", "b": "codigo"}).status_code == 404


def test_o_estado_compara_so_os_seus_municipios(entrar, par):
    resposta = entrar(ator(GESTAO_ESTADUAL, "35")).get(reverse("partilhas-comparar"), _escolha(*par))

    texto = _texto(resposta)
    assert "Zeta" in texto
    assert "Alfa" not in texto


def test_a_comparacao_faz_as_mesmas_consultas_com_poucas_e_com_muitas_linhas(entrar, federal, par):
    cliente, endereco = entrar(federal), reverse("partilhas-comparar")
    cliente.get(endereco, _escolha(*par))
    with CaptureQueriesContext(connection) as com_todas:
        cliente.get(endereco, _escolha(*par, uf="ES"))
    with CaptureQueriesContext(connection) as com_uma:
        cliente.get(endereco, _escolha(*par, uf="ES", termo="alfa"))

    assert len(com_todas) == len(com_uma)


def test_par_sugerido_e_a_origem_do_cenario(federal, par):
    a, b = par
    b.cenario_de = a

    from suas.financas.partilhas.consultas.entradas import visiveis

    assert comparacao.par_sugerido(b, visiveis(federal)) == a


@pytest.mark.parametrize("uf", ["ES", "AC", "ZZ"])
def test_uf_do_endereco_que_nao_esta_na_comparacao_nao_quebra_a_tela(entrar, federal, par, uf):
    resposta = entrar(federal).get(reverse("partilhas-comparar"), _escolha(*par, uf=uf))

    assert resposta.status_code == 200
    assert ("Nenhum município tem este recorte" in _texto(resposta)) == (uf != "ES")
