import csv

import pytest

from normas.territorio.porte import Porte
from suas.cadastros.territorio import acoes, consultas, tarefas
from suas.cadastros.territorio.models import UF, Municipio
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.territorio.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.permissoes.ator import ATOR_PUBLICO

pytestmark = pytest.mark.django_db


@pytest.fixture
def brasil():
    acoes.carregar_federacao(por=ATOR_PUBLICO, em=AGORA)


@pytest.mark.parametrize(
    "nome, busca",
    [("Vitória", "vitoria"), ("São João d'El-Rei", "sao joao d el rei"), ("  AÇU  ", "acu"), ("Graça²", "graca2")],
)
def test_nome_de_busca_nao_tem_acento_nem_sinal(nome, busca):
    assert nome_de_busca(nome) == busca


def test_porte_de_cada_ano_tem_o_motivo_e_a_fonte():
    municipio = fabricas.municipio(fabricas.SERRA, habitantes=20_001, ano=2004)
    fabricas.municipio(fabricas.SERRA, habitantes=20_000, ano=2000)
    fabricas.municipio(fabricas.SERRA, habitantes=900_001, ano=2022)

    portes = consultas.portes_do_municipio(municipio)

    assert [(p.ano, p.porte.porte, p.regra_posterior) for p in portes] == [
        (2022, Porte.METROPOLE, False),
        (2004, Porte.PEQUENO_II, False),
        (2000, Porte.PEQUENO_I, True),
    ]
    assert "20.001" in portes[1].porte.motivo
    assert portes[1].fonte == fabricas.FONTE


def test_o_distrito_federal_e_metropole_com_qualquer_populacao():
    fabricas.municipio(fabricas.BRASILIA, habitantes=100)

    assert consultas.portes_de(2020) == {fabricas.BRASILIA: Porte.METROPOLE}


def test_lista_da_uf_filtra_e_ordena():
    fabricas.municipio(fabricas.VITORIA, habitantes=365_855)
    fabricas.municipio(fabricas.SERRA, habitantes=527_240)
    fabricas.municipio("3200102", nome="Afonso Cláudio", habitantes=30_455)
    fabricas.municipio("3200136", nome="Águia Branca")
    es = UF.objects.get(sigla="ES")

    def nomes(**opcoes):
        return [linha.nome for linha in consultas.municipios_da_uf(es, ano=2020, **opcoes)]

    assert nomes() == ["Afonso Cláudio", "Águia Branca", "Serra", "Vitória"]
    assert nomes(ordem="-habitantes") == ["Serra", "Vitória", "Afonso Cláudio", "Águia Branca"]
    assert nomes(termo="aguia") == ["Águia Branca"]
    assert nomes(porte=Porte.GRANDE.value) == ["Serra", "Vitória"]


def test_posicao_na_uf_conta_os_mais_populosos_do_mesmo_ano():
    vitoria = fabricas.municipio(fabricas.VITORIA, habitantes=365_855)
    fabricas.municipio(fabricas.SERRA, habitantes=527_240)
    fabricas.municipio(fabricas.BELEM, habitantes=1_499_641)

    atual = consultas.portes_do_municipio(vitoria)[0]

    assert consultas.posicao_na_uf(vitoria, atual) == (2, 2)


def test_abrangencia_vazia_nao_alcanca_ninguem():
    fabricas.municipio(fabricas.VITORIA)
    fabricas.municipio(fabricas.BELEM)

    quantos = [Municipio.objects.da_abrangencia(codigo).count() for codigo in ("BR", "32", fabricas.BELEM, "")]

    assert quantos == [2, 1, 1, 0]


@pytest.mark.compartilhado
def test_a_populacao_real_de_2004_importada_da_a_tabela_da_norma(brasil, compartilhado):
    with (compartilhado / "data/populacao/populacao_municipal.csv").open(encoding="utf-8") as arquivo:
        linhas = [(i["codigo_ibge7"], i["est_2004"]) for i in csv.DictReader(arquivo) if i["est_2004"]]
    planilha = "codigo_ibge,populacao\n" + "".join(f"{codigo},{habitantes}\n" for codigo, habitantes in linhas)

    tarefas.importar_populacao(
        conteudo=planilha.encode(), ano=2004, fonte="IBGE, 2004", tipo="estimativa", por=ATOR_PUBLICO, em=AGORA
    )

    tabela = consultas.tabela_de_portes(2004, populacao=consultas.populacao_de(2004))
    with (compartilhado / "data/populacao/nob2005_porte_2004.csv").open(encoding="utf-8") as arquivo:
        da_norma = [(i["porte"], int(i["nob_municipios"]), int(i["nob_populacao"])) for i in csv.DictReader(arquivo)]
    assert [(i.porte.nome, i.municipios, i.populacao) for i in tabela.linhas] == da_norma[:5]
    assert (tabela.total.municipios, tabela.total.populacao) == (5564, 181_581_024)
    assert Municipio.objects.existentes_em(2004).count() == 5564
