"""O que vale para qualquer preenchimento: nada derruba a conferência, e as contas não dependem da ordem."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normas.base.inconsistencia import Gravidade
from normas.registros.conferencia import ORDEM, conferir
from normas.registros.distribuicao import Distribuicao
from normas.registros.formulario import Termo, TipoDeRegra
from normas.registros.leitura import codigos
from normas.registros.limpeza import acima_da_metade, destoa_na_faixa
from normas.registros.meses_anteriores import comparar, mediana
from normas.registros.preenchimento import PreenchimentoIlegivel, Situacao, ler_objeto
from normas.registros.tests.fabricas import JANEIRO, tudo_em_zero, versao_de

DIA = JANEIRO.desde
TODOS_OS_CODIGOS = sorted({item for codigo in codigos() for item in versao_de(codigo).itens})
NUMEROS = st.integers(0, 2000)
QUALQUER = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("não se aplica"),
    lambda dentro: (
        st.lists(dentro, max_size=3)
        | st.dictionaries(st.sampled_from(["m", "f", "total", "masculino", "0-12", "60+", "x"]), dentro, max_size=4)
    ),
    max_leaves=8,
)


def achadas_em(codigo, dados):
    versao = versao_de(codigo)
    return conferir(versao=versao, competencia=JANEIRO, preenchimento=ler_objeto(dados, versao=versao))


@given(st.sampled_from(codigos()), st.dictionaries(st.sampled_from([*TODOS_OS_CODIGOS, "Z.9", "nao_oferta"]), QUALQUER))
def test_nada_que_se_escreva_derruba_a_conferencia(codigo, dados):
    try:
        achadas = achadas_em(codigo, dados)
    except PreenchimentoIlegivel as erro:
        assert str(erro)
        return

    assert [ORDEM.index(a.gravidade) for a in achadas] == sorted(ORDEM.index(a.gravidade) for a in achadas)
    assert all(a.itens and a.mensagem.endswith(".") for a in achadas)
    json.dumps([a.mensagem for a in achadas]).encode()


@given(st.dictionaries(st.sampled_from(list(versao_de("RMA-CRAS").itens)), NUMEROS))
def test_cada_item_e_informado_zero_ou_nao_informado(dados):
    versao = versao_de("RMA-CRAS")
    lido = ler_objeto(dados, versao=versao)

    for codigo, item in versao.itens.items():
        esperada = Situacao.INFORMADO if codigo in dados else Situacao.NAO_INFORMADO
        assert lido.situacao(item) is esperada
        assert lido.total(item) == dados.get(codigo)


@given(st.lists(NUMEROS, min_size=25, max_size=25))
def test_formulario_inteiro_so_impede_quando_as_novas_passam_do_total(numeros):
    dados = dict(zip(versao_de("RMA-CRAS").itens, numeros, strict=True))
    impedem = [a.regra for a in achadas_em("RMA-CRAS", dados) if a.gravidade is Gravidade.IMPEDE]

    assert impedem == (["V1"] if dados["A.2"] > dados["A.1"] else [])


@given(st.sampled_from(codigos()), st.data())
def test_aumentar_o_limite_nunca_cria_a_inconsistencia(codigo, dados):
    versao = versao_de(codigo)
    simples = [
        regra
        for regra in versao.regras
        if regra.tipo is TipoDeRegra.NO_MAXIMO
        and not regra.quando
        and all(t.inteiro and versao.itens[t.item].desdobramento is None for t in (*regra.itens, *regra.limite))
    ]
    if not simples:
        return
    regra = dados.draw(st.sampled_from(simples))
    valores = {item: dados.draw(NUMEROS) for item in regra.codigos}
    maior = dict(valores)
    for termo in regra.limite:
        if termo.item not in {t.item for t in regra.itens}:
            maior[termo.item] += dados.draw(NUMEROS)

    def quantas(escritos):
        return sum(a.regra == regra.codigo for a in achadas_em(codigo, tudo_em_zero(versao, **escritos)))

    assert quantas(maior) <= quantas(valores)


@given(st.lists(NUMEROS, min_size=8, max_size=8))
def test_por_sexo_e_faixa_ou_por_faixa_e_sexo_e_o_mesmo(numeros):
    versao = versao_de("RMA-CREAS")
    item = versao.itens["B.6"]
    faixas = [faixa.nome for faixa in item.desdobramento.faixas]
    por_sexo = {
        "masculino": dict(zip(faixas, numeros[:4], strict=True)),
        "f": dict(zip(faixas, numeros[4:], strict=True)),
    }
    por_faixa = {
        faixa: {"m": masculino, "feminino": feminino}
        for faixa, masculino, feminino in zip(faixas, numeros[:4], numeros[4:], strict=True)
    }
    lidos = [ler_objeto({"B.6": escrito}, versao=versao) for escrito in (por_sexo, por_faixa)]

    assert lidos[0] == lidos[1]
    assert lidos[0].total(item) == sum(numeros)
    assert lidos[0].parte(item, Termo(item="B.6", ate=17)) == sum(numeros[:2]) + sum(numeros[4:6])
    assert lidos[0].parte(item, Termo(item="B.6", sexo="feminino", de=18, ate=59)) == numeros[6]
    assert lidos[0].parte(item, Termo(item="B.6", de=60)) == numeros[3] + numeros[7]


@pytest.mark.parametrize("escrita", ["0 a 12 anos", "0-12", "0 a 12", "0 – 12", "0 A 12 ANOS", "0_12"])
def test_a_faixa_se_reconhece_como_se_escreve(escrita):
    versao = versao_de("RMA-CREAS")
    lido = ler_objeto({"C.5": {"m": {escrita: 3}}}, versao=versao)

    assert not lido.recusas
    assert lido.parte(versao.itens["C.5"], Termo(item="C.5", sexo="masculino", ate=12)) == 3


@pytest.mark.parametrize(
    ("item", "escrito", "celula"),
    [
        ("C.5", {"masculino, 13 a 15 anos": 3}, ("masculino", "13 a 15 anos")),
        ("C.5", {"f_0_12": 3}, ("feminino", "0 a 12 anos")),
        ("C.1", {"e": 3}, ("masculino", "0 a 6 anos")),
        ("C.1", {"d": 3}, ("feminino", "13 a 17 anos")),
        ("D.1", {"m": 3}, ("masculino", "60 anos ou mais")),
        ("D.1", {"F": {"60 anos e mais": 3}}, ("feminino", "60 anos ou mais")),
        ("J.4", {" Feminino ": 3}, ("feminino", "")),
    ],
)
def test_o_quadrinho_tambem_se_diz_junto_pela_letra_da_base_ou_so_pelo_sexo(item, escrito, celula):
    lido = ler_objeto({item: escrito}, versao=versao_de("RMA-CREAS"))

    assert lido.recusas == ()
    assert lido.valores[item].celulas == {celula: 3}


@pytest.mark.parametrize(
    ("item", "escrito"),
    [("C.1", {"a": 3}), ("C.1", {"m": 3}), ("C.1", {"m": {"f": 3}}), ("J.4", {"m": {"x": 3}}), ("D.1", {"60+": 3})],
)
def test_o_quadrinho_que_nao_se_entende_se_recusa_com_os_que_ha(item, escrito):
    lido = ler_objeto({item: escrito}, versao=versao_de("RMA-CREAS"))

    assert len(lido.recusas) == 1
    assert f"{item} não tem o quadrinho" in lido.recusas[0].mensagem and "Os que tem: m" in lido.recusas[0].mensagem


def test_o_total_zero_zera_os_quadrinhos_e_o_positivo_nao_os_adivinha():
    versao = versao_de("RMA-CREAS")
    item = versao.itens["K.1"]

    assert len(ler_objeto({"K.1": 0}, versao=versao).valores["K.1"].celulas) == len(item.desdobramento.celulas)
    positivo = ler_objeto({"K.1": 4}, versao=versao)
    assert (positivo.total(item), positivo.valores["K.1"].celulas) == (4, {})
    assert positivo.parte(item, Termo(item="K.1", ate=17)) is None


@given(st.lists(NUMEROS, min_size=2, max_size=60), NUMEROS, st.integers(1, 4))
def test_o_desvio_e_o_da_amostra(valores, valor, desvios):
    media = Fraction(sum(valores), len(valores))
    variancia = sum((Fraction(x) - media) ** 2 for x in valores) / (len(valores) - 1)
    esperado = valor > media and (valor - media) ** 2 > desvios**2 * variancia

    assert Distribuicao.de_valores(valores).acima_de(valor, desvios=desvios) is esperado


def test_com_poucas_unidades_nao_se_diz_que_destoa():
    poucas, bastantes = Distribuicao.de_valores([10] * 29), Distribuicao.de_valores([10] * 30)

    assert not destoa_na_faixa(valor=5000, na_faixa=poucas, em=DIA)
    assert destoa_na_faixa(valor=5000, na_faixa=bastantes, em=DIA)
    assert not Distribuicao(1, 10, 100).acima_de(5000, desvios=3)


@given(st.lists(NUMEROS, min_size=6, max_size=12), NUMEROS, st.randoms())
def test_a_comparacao_com_os_meses_nao_depende_da_ordem_e_perdoa_o_pouco(anteriores, valor, sorte):
    embaralhados = sorte.sample(anteriores, len(anteriores))
    feita = comparar(valor=valor, anteriores=anteriores, em=DIA)

    assert feita == comparar(valor=valor, anteriores=embaralhados, em=DIA)
    assert feita.menor <= feita.mediana <= feita.maior
    if abs(valor - feita.mediana) <= 10 or (valor and valor in anteriores and len(set(anteriores)) == 1):
        assert not feita.destoa


def test_os_meses_poucos_nao_se_comparam_e_o_zero_novo_se_diz():
    assert comparar(valor=500, anteriores=[1, 2, 3, 4, 5], em=DIA) is None
    # variação grande: só o zero, onde nunca houve zero, destoa
    soltos = [20, 40, 60, 80, 100, 120]
    assert comparar(valor=0, anteriores=soltos, em=DIA).destoa
    assert not comparar(valor=1, anteriores=soltos, em=DIA).destoa
    assert not comparar(valor=0, anteriores=[0, *soltos], em=DIA).destoa
    # no limite: a mediana é 100, a variação comum é 10; 50 de distância ainda é comum
    regulares = [90, 90, 100, 100, 110, 110]
    assert not comparar(valor=150, anteriores=regulares, em=DIA).destoa
    assert comparar(valor=151, anteriores=regulares, em=DIA).destoa


@given(st.lists(st.integers(-50, 50), min_size=1))
def test_a_mediana_deixa_metade_de_cada_lado(valores):
    meio = mediana(valores)

    assert 2 * sum(v <= meio for v in valores) >= len(valores)
    assert 2 * sum(v >= meio for v in valores) >= len(valores)


def test_a_metade_so_se_diz_enquanto_as_novas_cabem_no_total():
    assert [acima_da_metade(novas=novas, total=10) for novas in (5, 6, 10, 11)] == [False, True, True, False]
