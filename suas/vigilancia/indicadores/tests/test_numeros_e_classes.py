import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suas.vigilancia.indicadores.classes import em_quintos
from suas.vigilancia.indicadores.models import Indicador
from suas.vigilancia.indicadores.numeros import ValorRecusado, escrever_valor, ler_valor

RECEITA = Indicador(codigo="r", nome="Receita", tipo="decimal", casas=2, unidade="R$", minimo=0)
URBANA = Indicador(codigo="u", nome="Urbanização", tipo="decimal", unidade="%", minimo=0)
CRAS = Indicador(codigo="c", nome="CRAS", tipo="inteiro", minimo=0)
CRESCIMENTO = Indicador(codigo="t", nome="Crescimento", tipo="decimal", minimo=None)
NIVEL = Indicador(
    codigo="n", nome="Nível", tipo="categoria", opcoes=[["basica", "Gestão básica"], ["sim", "Sim"], ["nao", "Não"]]
)


@pytest.mark.parametrize(
    "texto, indicador, com_virgula, lido",
    [
        pytest.param("1234.56", RECEITA, False, "1234.56", id="ponto"),
        pytest.param("1234,56", RECEITA, True, "1234.56", id="vírgula"),
        pytest.param("1.234.567,8", RECEITA, True, "1234567.8", id="milhares e vírgula"),
        pytest.param("1.234", RECEITA, True, "1234", id="ponto de milhar"),
        pytest.param("1.234", RECEITA, False, "1.234", id="ponto decimal"),
        pytest.param("R$ 1.234,56", RECEITA, True, "1234.56", id="com o R$ da planilha"),
        pytest.param("12,5%", URBANA, True, "12.5", id="com o % da planilha"),
        pytest.param("1.234", CRAS, False, "1234", id="milhar num inteiro"),
        pytest.param("007", CRAS, False, "7", id="zeros à esquerda"),
        pytest.param("0", CRAS, False, "0", id="zero"),
        pytest.param("-0,0", CRESCIMENTO, True, "0.0", id="zero negativo"),
        pytest.param("-1.25", CRESCIMENTO, False, "-1.25", id="negativo permitido"),
        pytest.param("0.1000", RECEITA, False, "0.1000", id="nenhum algarismo se perde"),
        pytest.param("basica", NIVEL, False, "basica", id="palavra"),
        pytest.param(" Gestão Básica ", NIVEL, False, "basica", id="palavra por extenso"),
        pytest.param("NÃO", NIVEL, False, "nao", id="não com acento"),
    ],
)
def test_valor_lido_como_a_pessoa_escreveu(texto, indicador, com_virgula, lido):
    assert ler_valor(texto, indicador=indicador, com_virgula=com_virgula) == lido


@pytest.mark.parametrize(
    "texto, indicador, com_virgula, motivo",
    [
        pytest.param("abc", RECEITA, False, "não é um número. Escreva como 1234.56", id="letras"),
        pytest.param("1,5", RECEITA, False, "Escreva como 1234.56", id="vírgula onde é ponto"),
        pytest.param("1234.56", RECEITA, True, "Escreva como 1.234,56", id="ponto onde é vírgula"),
        pytest.param("0.512", RECEITA, True, "Escreva como 1.234,56", id="zero não abre milhar"),
        pytest.param("12%", CRAS, True, "não é um número", id="% onde a unidade é outra"),
        pytest.param("1e5", RECEITA, False, "não é um número", id="notação científica"),
        pytest.param("inf", RECEITA, False, "não é um número", id="infinito"),
        pytest.param("٣", CRAS, False, "não é um número", id="algarismo de outra escrita"),
        pytest.param("1.5", CRAS, False, "é um número inteiro", id="decimal onde é inteiro"),
        pytest.param("-1", CRAS, False, "é menor que 0", id="negativo"),
        pytest.param("9" * 25, CRAS, False, "algarismos demais", id="longo demais"),
        pytest.param("talvez", NIVEL, False, "palavras aceitas: basica, sim, nao", id="palavra de fora"),
    ],
)
def test_valor_que_nao_serve_e_recusado_com_o_que_escrever(texto, indicador, com_virgula, motivo):
    with pytest.raises(ValorRecusado, match=motivo) as recusa:
        ler_valor(texto, indicador=indicador, com_virgula=com_virgula)

    assert texto in str(recusa.value)


def test_valor_se_escreve_como_se_le():
    assert escrever_valor("1234567.80", RECEITA) == "1.234.567,80"
    assert escrever_valor("12", RECEITA, unidade=True) == "R$ 12"
    assert escrever_valor("12.5", URBANA, unidade=True) == "12,5%"
    assert escrever_valor("basica", NIVEL) == "Gestão básica"
    assert escrever_valor(None, RECEITA) == "—"


def test_quintos_tem_tamanho_parecido_e_dizem_os_extremos():
    rotulos, classe_de = em_quintos({str(i): i for i in range(1, 101)})

    assert rotulos[0] == "Muito baixo: de 1 a 20"
    assert rotulos[-1] == "Muito alto: de 81 a 100"
    assert [list(classe_de.values()).count(i) for i in range(5)] == [20] * 5


def test_poucos_valores_distintos_dao_menos_classes():
    assert em_quintos({"a": 7, "b": 7})[0] == ("Único valor: 7",)
    assert em_quintos({"a": 0, "b": 0, "c": 0, "d": 9})[0] == ("Baixo: 0", "Alto: 9")
    assert em_quintos({}) == ((), {})


@given(st.dictionaries(st.text(min_size=1, max_size=4), st.integers(-1000, 1000) | st.integers(0, 3), max_size=60))
def test_toda_classe_tem_alguem_e_maior_nunca_fica_abaixo_de_menor(valores):
    rotulos, classe_de = em_quintos(valores)

    assert set(classe_de) == set(valores)
    assert set(classe_de.values()) == set(range(len(rotulos)))
    em_ordem = sorted(valores, key=lambda codigo: valores[codigo])
    for menor, maior in itertools.pairwise(em_ordem):
        assert classe_de[menor] <= classe_de[maior]
        if valores[menor] == valores[maior]:
            assert classe_de[menor] == classe_de[maior]


def test_quintos_aceitam_numeros_exatos():
    rotulos, _ = em_quintos({"a": Decimal("0.10"), "b": Decimal("0.2")}, escrever=str)

    assert rotulos == ("Baixo: 0.10", "Alto: 0.2")
