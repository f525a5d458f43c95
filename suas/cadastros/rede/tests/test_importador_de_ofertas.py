"""A planilha dos serviços ofertados: acha a unidade, confere o que não cabe, e repetir não muda nada."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from suas.cadastros.rede.importador_de_ofertas import OFERTAS
from suas.cadastros.rede.models import ServicoOfertado, Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import SERRA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.importacoes import consultas, permissoes, tarefas
from suas.nucleo.importacoes.acoes import aplicacao, preparo
from suas.nucleo.importacoes.models import Importacao
from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL, COORDENACAO_UNIDADE, VIGILANCIA_MUNICIPAL
from suas.nucleo.planilhas import pastas
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
CABECALHO = "identificador;município;unidade;serviço;capacidade;desde;até\n"


@pytest.fixture(autouse=True)
def cras() -> Unidade:
    municipio(SERRA)
    return unidade("CRAS Centro", identificador="32053091234", aberta_em=date(2010, 1, 1))


def conferir(linhas: str, *, por=None) -> Importacao:
    por = por or ator(ADMINISTRACAO_FEDERAL, "BR")
    dados = (CABECALHO + linhas).encode()
    recebida = preparo.receber(
        importador=OFERTAS,
        arquivo="ofertas.csv",
        conteudo=dados,
        quadro=pastas.ler(dados, reconhece=OFERTAS.reconhece),
        respostas={},
        por=por,
        em=AGORA,
    )
    return tarefas.conferir(importacao=recebida, importador=OFERTAS, por=por, em=AGORA)


def aplicar(linhas: str) -> None:
    por = ator(ADMINISTRACAO_FEDERAL, "BR")
    encaminhada = aplicacao.encaminhar(importacao=conferir(linhas, por=por), importador=OFERTAS, por=por, em=AGORA)
    tarefas.aplicar(importacao=encaminhada, importador=OFERTAS, por=ator(ADMINISTRACAO_FEDERAL, "BR"), em=AGORA)


def contas(importacao: Importacao) -> tuple[int, int, int, int]:
    return importacao.faltas, importacao.novas, importacao.mudadas, importacao.iguais


def test_entra_pelo_identificador_ou_pelo_nome_e_repetir_nao_muda_nada(cras):
    linhas = (
        "32053091234;Vitória/ES;;PAIF;500;01/02/2020;\n"
        ";3205309;cras  centro;Convivência e Fortalecimento de Vínculos;;;\n"
    )

    aplicar(linhas)

    gravadas = ServicoOfertado.objects.order_by("servico").values_list("servico", "capacidade", "desde")
    assert list(gravadas) == [("paif", 500, date(2020, 2, 1)), ("scfv", None, None)]
    cras.refresh_from_db()
    assert cras.versao == 2 and cras.mudada_em == AGORA
    assert Ato.objects.get(ato="rede.importar_ofertas").dados == {"novas": 2, "mudadas": 0}
    assert contas(conferir(linhas)) == (0, 0, 0, 2)


def test_a_celula_vazia_nao_apaga_e_a_que_muda_se_ve_antes(cras):
    ServicoOfertado.objects.create(unidade=cras, servico="paif", capacidade=500, desde=date(2020, 2, 1))
    linhas = "32053091234;3205309;;PAIF;600;;\n"

    conferida = conferir(linhas)
    aplicar(linhas)

    assert contas(conferida) == (0, 0, 1, 0)
    oferta = ServicoOfertado.objects.get()
    assert (oferta.capacidade, oferta.desde) == (600, date(2020, 2, 1))


def test_a_planilha_tambem_encerra_e_de_novo_nada_muda(cras):
    ServicoOfertado.objects.create(unidade=cras, servico="paif", desde=date(2020, 2, 1))
    linhas = "32053091234;3205309;;PAIF;;01/02/2020;01/03/2024\n"

    aplicar(linhas)

    assert ServicoOfertado.objects.get().ate == date(2024, 3, 1)
    assert contas(conferir(linhas)) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("linha", "frase"),
    [
        pytest.param(
            "32053099999;3205309;;PAIF;;;\n", "não é de nenhuma unidade do cadastro", id="identificador de ninguém"
        ),
        pytest.param(";3205309;CRAS Norte;PAIF;;;\n", "não está no cadastro de Vitória/ES", id="nome que não há"),
        pytest.param(";3205309;;PAIF;;;\n", "falta dizer de que unidade", id="sem unidade"),
        pytest.param("32053091234;3205002;;PAIF;;;\n", "é de CRAS Centro, em Vitória/ES", id="outro município"),
        pytest.param("32053091234;3205309;;Curso de corte;;;\n", "não está na lista", id="fora da Tipificação"),
        pytest.param("32053091234;3205309;;PAIF;;01/01/2009;\n", "funciona desde 01/01/2010", id="antes de abrir"),
        pytest.param("32053091234;3205309;;PAEFI;;01/01/2018;\n", "já está nesta unidade", id="sobre outro período"),
    ],
)
def test_a_falta_diz_o_que_ha_na_celula_e_o_que_fazer(cras, linha, frase):
    ServicoOfertado.objects.create(unidade=cras, servico="paefi", desde=date(2017, 1, 1), ate=date(2019, 1, 1))

    conferida = conferir(linha)

    assert conferida.faltas == 1
    assert frase in consultas.previa_de(conferida).faltas[0].mensagem


def test_duas_unidades_de_mesmo_nome_pedem_o_identificador():
    unidade("CRAS Centro", bairro="Outro")

    assert conferir(";3205309;CRAS Centro;PAIF;;;\n").faltas == 1


def test_traz_a_planilha_quem_cuida_da_rede_do_lugar_e_nao_a_coordenacao_de_uma_unidade(cras):
    vigilancia = ator(VIGILANCIA_MUNICIPAL, "3205309")
    coordenacao = ator(COORDENACAO_UNIDADE, "3205309", unidade=cras.pk)

    assert permissoes.obter_importador_para_trazer(vigilancia, codigo="servicos-ofertados") == OFERTAS
    with pytest.raises(PermissionDenied):
        permissoes.obter_importador_para_trazer(coordenacao, codigo="servicos-ofertados")
