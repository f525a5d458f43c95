"""A planilha dos municípios atendidos: acha a unidade e o município, confere o que não cabe; repetir nada muda."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from suas.cadastros.rede import consultas as rede
from suas.cadastros.rede.importador_de_atendidos import ATENDIDOS
from suas.cadastros.rede.models import MunicipioAtendido, Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.importacoes import consultas, permissoes, tarefas
from suas.nucleo.importacoes.acoes import aplicacao, preparo
from suas.nucleo.importacoes.models import Importacao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL, GESTAO_ESTADUAL, VIGILANCIA_MUNICIPAL
from suas.nucleo.planilhas import pastas
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
CABECALHO = "identificador;município;unidade;município atendido;vagas;parte no custo;fluxo;desde;até\n"


@pytest.fixture(autouse=True)
def regional() -> Unidade:
    municipio(SERRA)
    return unidade(
        "CREAS Regional", tipo="creas_regional", identificador="32053091234", aberta_em=date(2010, 1, 1), capacidade=80
    )


def conferir(linhas: str, *, por: Ator | None = None) -> Importacao:
    por = por or ator(ADMINISTRACAO_FEDERAL, "BR")
    dados = (CABECALHO + linhas).encode()
    recebida = preparo.receber(
        importador=ATENDIDOS,
        arquivo="atendidos.csv",
        conteudo=dados,
        quadro=pastas.ler(dados, reconhece=ATENDIDOS.reconhece),
        respostas={},
        por=por,
        em=AGORA,
    )
    return tarefas.conferir(importacao=recebida, importador=ATENDIDOS, por=por, em=AGORA)


def aplicar(linhas: str) -> None:
    por = ator(ADMINISTRACAO_FEDERAL, "BR")
    encaminhada = aplicacao.encaminhar(importacao=conferir(linhas, por=por), importador=ATENDIDOS, por=por, em=AGORA)
    tarefas.aplicar(importacao=encaminhada, importador=ATENDIDOS, por=ator(ADMINISTRACAO_FEDERAL, "BR"), em=AGORA)


def contas(importacao: Importacao) -> tuple[int, int, int, int]:
    return importacao.faltas, importacao.novas, importacao.mudadas, importacao.iguais


def test_entra_pelo_codigo_ou_pelo_nome_e_repetir_nao_muda_nada(regional: Unidade) -> None:
    linhas = (
        "32053091234;3205309;;Serra/ES;20;25,5%;O CRAS encaminha;01/02/2020;\n;Vitória/ES;creas regional;3205309;;;;;\n"
    )

    aplicar(linhas)

    gravados = MunicipioAtendido.objects.order_by("municipio").values_list(
        "municipio", "vagas", "cota_percentual", "fluxo", "desde"
    )
    assert list(gravados) == [
        (SERRA, 20, Decimal("25.5"), "O CRAS encaminha", date(2020, 2, 1)),
        (VITORIA, None, None, "", None),
    ]
    regional.refresh_from_db()
    assert regional.versao == 2 and regional.mudada_em == AGORA
    assert Ato.objects.get(ato="rede.importar_atendidos").dados == {"novos": 2, "mudados": 0}
    assert contas(conferir(linhas)) == (0, 0, 0, 2)


def test_a_celula_vazia_nao_apaga_a_que_muda_muda_e_a_planilha_encerra(regional: Unidade) -> None:
    MunicipioAtendido.objects.create(
        unidade=regional, municipio_id=SERRA, vagas=20, fluxo="O CRAS encaminha", desde=date(2020, 2, 1)
    )
    linhas = "32053091234;3205309;;Serra;30;;;;01/03/2024\n"

    conferida = conferir(linhas)
    aplicar(linhas)

    assert contas(conferida) == (0, 0, 1, 0)
    atendido = MunicipioAtendido.objects.get()
    assert (atendido.vagas, atendido.fluxo, atendido.ate) == (30, "O CRAS encaminha", date(2024, 3, 1))
    assert contas(conferir(linhas)) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("linha", "frase"),
    [
        pytest.param("32053099999;3205309;;Serra;;;;;\n", "não é de nenhuma unidade do cadastro", id="de ninguém"),
        pytest.param(";3205309;;Serra;;;;;\n", "falta dizer de que unidade", id="sem unidade"),
        pytest.param("32053091234;3205309;;Lugar Nenhum;;;;;\n", "não é o nome de um município", id="sem lugar"),
        pytest.param("32053091234;3205309;;Serra;;101;;;\n", "100", id="mais do que o custo inteiro"),
        pytest.param("32053091234;3205309;;Serra;-1;;;;\n", "-1", id="vagas negativas"),
        pytest.param("32053091234;3205309;;Serra;;;;01/01/2009;\n", "funciona desde 01/01/2010", id="antes de abrir"),
        pytest.param("32053091234;3205309;;Serra;;;;02/01/2018;\n", "já está nesta unidade", id="sobre outro período"),
    ],
)
def test_a_falta_diz_o_que_ha_na_celula_e_o_que_fazer(regional: Unidade, linha: str, frase: str) -> None:
    MunicipioAtendido.objects.create(unidade=regional, municipio_id=SERRA, desde=date(2017, 1, 1), ate=date(2019, 1, 1))

    conferida = conferir(linha)

    assert conferida.faltas == 1
    assert frase in consultas.previa_de(conferida).faltas[0].mensagem


def test_a_historia_da_unidade_fala_dela_e_nao_de_quantas_vieram_na_planilha(regional: Unidade) -> None:
    segunda = unidade("CREAS Regional Sul", tipo="creas_regional", identificador="32053091235")
    aplicar("32053091234;3205309;;Serra;20;;;;\n32053091235;3205309;;Serra;30;;;;\n")

    ultimo = rede.historia_da(segunda, ator=ator(ADMINISTRACAO_FEDERAL, "BR"))[0]
    assert ultimo.o_que == "importou de uma planilha os municípios que a unidade atende"
    assert ultimo.motivo == "Planilha atendidos.csv"


def test_traz_a_planilha_quem_cuida_da_rede_do_lugar_da_sede(regional: Unidade) -> None:
    for quem in (ator(GESTAO_ESTADUAL, "32"), ator(VIGILANCIA_MUNICIPAL, VITORIA)):
        assert permissoes.obter_importador_para_trazer(quem, codigo="municipios-atendidos") == ATENDIDOS

    de_fora = conferir("32053091234;3205309;;Serra;;;;;\n", por=ator(VIGILANCIA_MUNICIPAL, SERRA))
    assert "fora" in consultas.previa_de(de_fora).faltas[0].mensagem
