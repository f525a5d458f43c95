"""O que sai das fichas do órgão e do fundo, em PDF e em planilha."""

import csv
from datetime import date

import pytest
from django.test import Client

from suas.cadastros.fundos.tests import fabricas
from suas.cadastros.orgaos.tests import fabricas as orgaos
from suas.cadastros.territorio.tests.fabricas import BRASILIA, VITORIA, municipio
from suas.nucleo.identidade import lugares
from suas.nucleo.identidade.tests.fabricas import ator, instalacao
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL
from suas.nucleo.tela.tests.fabricas import texto_do_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _instalada(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lugares, "_vistos", {})  # o nome que outro arquivo de teste deu à capital
    instalacao()
    municipio(VITORIA)


def test_a_ficha_do_orgao_traz_quem_responde_e_o_cadastro(client: Client) -> None:
    orgaos.mandato(orgaos.orgao(), nome="Titular do Exemplo")

    escrito = texto_do_pdf(client.get(f"/orgaos/{VITORIA}/orgao_gestor/ficha.pdf").content)

    for trecho in ("Titular do Exemplo", "Lei de criação", "Vitória", f"/orgaos/{VITORIA}/orgao_gestor/"):
        assert trecho in escrito


def test_a_ficha_do_fundo_so_leva_as_contas_a_quem_as_ve(client: Client) -> None:
    fundo = fabricas.fundo()
    fabricas.responsavel(fundo, nome="Gestora do Exemplo")
    fabricas.conta(fundo, numero="987654")
    gestora = Client()
    gestora.force_login(ator(GESTAO_MUNICIPAL, VITORIA).pessoa)

    publica = texto_do_pdf(client.get(f"/fundos/{VITORIA}/ficha.pdf").content)
    de_dentro = texto_do_pdf(gestora.get(f"/fundos/{VITORIA}/ficha.pdf").content)

    assert "Gestora do Exemplo" in publica
    assert "987654" not in publica
    assert "987654" in de_dentro


def test_o_municipio_do_distrito_federal_imprime_o_registro_do_distrito_federal(client: Client) -> None:
    municipio(BRASILIA)
    fabricas.fundo(onde="53", nome="Fundo do Distrito Federal")

    assert "Fundo do Distrito Federal" in texto_do_pdf(client.get(f"/fundos/{BRASILIA}/ficha.pdf").content)


def test_o_que_ninguem_registrou_nao_tem_ficha(client: Client) -> None:
    assert client.get(f"/orgaos/{VITORIA}/conselho/ficha.pdf").status_code == 404


def test_cada_tabela_da_ficha_se_baixa_com_os_seus_e_so_os_seus(client: Client) -> None:
    orgao = orgaos.orgao()
    orgaos.mandato(orgao, nome="Quem saiu")
    orgaos.mandato(orgao, nome="Quem assumiu", desde=date(2026, 1, 1))

    def baixar(tabela: str) -> list[list[str]]:
        consulta = {"formato": "csv", "tabela": tabela}
        return list(csv.reader(client.get(f"/orgaos/{VITORIA}/orgao_gestor/", consulta).content.decode().splitlines()))

    assert [linha[0] for linha in baixar("respondem")] == ["nome", "Quem assumiu"]
    assert [(linha[0], linha[5]) for linha in baixar("ja-responderam")[1:]] == [("Quem saiu", "2025-12-31")]
