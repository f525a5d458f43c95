"""A explicação: os números do município, em frases, contas e vizinhos."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from normas.base.planilha import Linha
from normas.partilha.calculo import partilhar
from normas.partilha.caminho import MunicipioForaDaPartilha
from normas.partilha.entrada import conferir_linhas
from normas.partilha.explicacao import explicar, numero_legivel
from normas.partilha.memoria import montar_memoria, recortar
from normas.partilha.municipio import Origem
from normas.partilha.opcoes import CriterioPorte, Direcao, IndicadorComplementar, Normalizacao
from normas.partilha.prioridade import FUNDAMENTO_PASSO_3, FUNDAMENTO_TRANSICAO
from normas.partilha.tests.fabricas import LINHA, municipios, opcoes
from normas.territorio.porte import Porte


def memoria_de(*linhas, **mudancas):
    com = opcoes(**mudancas)
    return montar_memoria(partilhar(municipios=municipios(*linhas, com=com), opcoes=com))


def frases(explicacao, chave):
    return next(passo.frases for passo in explicacao.passos if passo.chave == chave)


@pytest.fixture
def tres_na_fila():
    """Dinheiro para um só: 100.000,00 no Espírito Santo, e um município no Sul que não tem fila."""
    return memoria_de(
        {"populacao_vulneravel": "4000", "rcl_per_capita": "100.5"},
        {"codigo_ibge": "3200002", "populacao_vulneravel": "3000", "rcl_per_capita": "300"},
        {"codigo_ibge": "3200003", "populacao_vulneravel": "1000", "rcl_per_capita": "300"},
        recurso_centavos=10_000_000,
    )


def test_conta_os_passos_de_quem_foi_contemplado(tres_na_fila):
    explicacao = explicar(memoria=tres_na_fila, codigo_ibge="3200001")

    assert [passo.titulo for passo in explicacao.passos] == [
        "1º passo: entre os portes",
        "2º passo: entre os estados",
        "3º passo: a ordem de prioridade",
        "Distribuição na fila",
    ]
    assert frases(explicacao, "passo_1") == (
        "O recurso de R$ 100.000,00 foi repartido entre os cinco portes pela tabela da norma, em que "
        "Pequeno I tem 20%.",
        "Pequeno I ficou com R$ 20.000,00.",
    )
    assert frases(explicacao, "passo_2") == (
        "Pequeno II, Médio, Grande e Metrópole não têm quem pese neste passo e devolveram "
        "R$ 80.000,00; Pequeno I recebeu R$ 80.000,00 disso.",
        "Os R$ 100.000,00 do porte foram repartidos entre os estados. ES tem 8.000 das 8.000 pessoas "
        "vulneráveis em municípios de porte Pequeno I do país (100,00%).",
        "Pequeno I em ES ficou com R$ 100.000,00.",
    )
    assert frases(explicacao, "passo_3") == (
        "Cada indicador virou um valor de 0 (pior situação) a 1 (melhor); a soma com os pesos dá o "
        "índice, de 0 a 5, e o menor índice vem primeiro.",
        "O índice do município é 2,000000: é o 1º dos 3 municípios de porte Pequeno I de ES.",
    )
    assert frases(explicacao, "distribuicao") == (
        "O mínimo de Pequeno I é 1 CRAS e nenhum já tem cofinanciamento. Completar o mínimo custa "
        "1 CRAS × 2.500 famílias × R$ 1,80 × 12 meses = R$ 54.000,00.",
        "A fila foi percorrida com R$ 100.000,00: 1 município recebeu o mínimo e restaram R$ 46.000,00.",
        "Na vez deste município havia R$ 100.000,00: o mínimo de R$ 54.000,00 coube.",
        "O município recebe R$ 54.000,00 no exercício.",
    )
    assert (explicacao.ordem, explicacao.pares, explicacao.indice) == (1, 3, "2,000000")
    assert (explicacao.situacao, explicacao.situacao_em_palavras) == ("contemplado", "Contemplado")
    assert (explicacao.valor_partilhado, explicacao.valor_minimo) == (5400000, 5400000)
    assert (explicacao.uf, explicacao.porte, explicacao.exercicio) == ("ES", "Pequeno I", 2006)
    assert explicacao.aviso == ""
    assert all("NOB/SUAS 2005" in str(passo.fundamento) for passo in explicacao.passos)


def test_conta_o_que_havia_na_vez_de_quem_nao_foi_alcancado(tres_na_fila):
    explicacao = explicar(memoria=tres_na_fila, codigo_ibge="3200002")

    assert frases(explicacao, "distribuicao")[1:] == (
        "A fila foi percorrida com R$ 100.000,00: 1 município recebeu o mínimo e restaram R$ 46.000,00.",
        "Na vez deste município havia R$ 46.000,00: o mínimo de R$ 54.000,00 não coube.",
        "O município não recebe nesta partilha. Em Pequeno I de ES restaram R$ 46.000,00, menos do que o seu mínimo.",
    )
    assert explicacao.situacao_em_palavras == "Não alcançado"


def test_sem_saldo_o_desfecho_nao_fala_do_que_foi_cedido():
    # Os R$ 18.000,00 do Pequeno I não pagam ninguém e vão ao Pequeno II, que está mais perto de pagar.
    memoria = memoria_de(
        {"populacao": "15000", "populacao_vulneravel": "5000"},
        {"codigo_ibge": "3200002", "populacao": "30000", "populacao_vulneravel": "5000"},
        {"codigo_ibge": "3200003", "populacao": "30000", "populacao_vulneravel": "5000"},
        recurso_centavos=9_000_000,
        criterio_porte=CriterioPorte.POPULACAO,
    )

    explicacao = explicar(memoria=memoria, codigo_ibge="3200001")

    assert frases(explicacao, "passo_3")[1].endswith("é o único município de porte Pequeno I de ES.")
    assert frases(explicacao, "distribuicao")[-1] == (
        "O município não recebe nesta partilha: em nenhuma das vezes o que havia chegou ao seu mínimo."
    )


def test_mais_de_um_cras_ja_tem_cofinanciamento():
    memoria = memoria_de({"populacao": "200000", "populacao_vulneravel": "5000", "cras_cofinanciados": "3"})

    assert frases(explicar(memoria=memoria, codigo_ibge="3200001"), "distribuicao")[0].startswith(
        "O mínimo de Grande é 4 CRAS e 3 já têm cofinanciamento. Completar o mínimo custa 1 CRAS"
    )


def test_as_contas_se_fazem_na_calculadora(tres_na_fila):
    explicacao = explicar(memoria=tres_na_fila, codigo_ibge="3200002")

    assert [(c.descricao, c.conta, c.resultado) for c in explicacao.contas] == [
        ("Taxa de vulnerabilidade social, em %", "3.000 ÷ 10.000 × 100", "30"),
        ("Taxa de vulnerabilidade social, de 0 a 1", "(40 − 30) ÷ (40 − 10)", "0,333333"),
        (
            "Receita corrente líquida por habitante, de 0 a 1",
            "(300 − 100,5) ÷ (300 − 100,5)",
            "1,000000",
        ),
        (
            "Recurso do FNAS para a proteção básica por habitante, de 0 a 1",
            "todos os comparados têm o mesmo valor, e a norma pede 1 para a melhor situação",
            "1,000000",
        ),
        (
            "Indicador complementar, de 0 a 1",
            "todos os comparados têm o mesmo valor, e a norma pede 1 para a melhor situação",
            "1,000000",
        ),
        (
            "Índice de prioridade",
            "2 × 0,333333 + 1 × 1,000000 + 1 × 1,000000 + 1 × 1,000000",
            "3,666667",
        ),
        ("Mínimo do município", "1 CRAS × 2.500 famílias × R$ 1,80 × 12 meses", "R$ 54.000,00"),
    ]


@pytest.mark.parametrize("codigo", ["3200001", "3200002", "3200003"])
def test_as_contas_digitadas_dao_o_resultado_ate_a_sexta_casa(tres_na_fila, codigo):
    def calcular(conta):
        python = conta.replace(".", "").replace(",", ".").translate(str.maketrans("−×÷", "-*/"))
        return Fraction(eval(re.sub(r"[0-9.]+", r"Fraction('\g<0>')", python)))

    for conta in explicar(memoria=tres_na_fila, codigo_ibge=codigo).contas[:-1]:
        if conta.conta.startswith("todos"):
            continue
        resultado = Fraction(conta.resultado.replace(".", "").replace(",", "."))
        assert abs(calcular(conta.conta) - resultado) <= Fraction(3, 10**6), conta


def test_indicadores_dizem_valor_extremos_e_com_quem(tres_na_fila):
    vulnerabilidade, receita, _, complementar = explicar(memoria=tres_na_fila, codigo_ibge="3200002").indicadores

    assert (vulnerabilidade.rotulo, vulnerabilidade.valor) == (
        "Taxa de vulnerabilidade social",
        "30,0000%",
    )
    assert (vulnerabilidade.menor, vulnerabilidade.maior, vulnerabilidade.pior) == (
        "10,0000%",
        "40,0000%",
        "alto",
    )
    assert (vulnerabilidade.representativo, vulnerabilidade.peso, vulnerabilidade.parcela) == (
        "0,333333",
        2,
        "0,666667",
    )
    assert (vulnerabilidade.comparados, vulnerabilidade.com_quem) == (
        3,
        "municípios de porte Pequeno I do país",
    )
    assert (receita.valor, receita.menor, receita.pior) == ("R$ 300,00", "R$ 100,50", "baixo")
    assert (complementar.valor, complementar.com_quem) == ("10", "municípios de porte Pequeno I de ES")
    assert complementar.fundamento == FUNDAMENTO_PASSO_3


def test_vizinhos_sao_os_tres_de_cada_lado():
    memoria = memoria_de(*({"codigo_ibge": f"320000{n}", "populacao_vulneravel": str(9000 - n)} for n in range(1, 10)))

    meio = explicar(memoria=memoria, codigo_ibge="3200005").vizinhos
    primeiro = explicar(memoria=memoria, codigo_ibge="3200001").vizinhos

    assert [v.ordem for v in meio] == [2, 3, 4, 5, 6, 7, 8]
    assert [v.codigo_ibge for v in meio if v.proprio] == ["3200005"]
    assert [v.ordem for v in primeiro] == [1, 2, 3, 4]
    assert (primeiro[0].indice, primeiro[0].situacao_em_palavras) == ("3,000000", "Contemplado")
    assert primeiro[0].valor_partilhado == 5400000


def test_nome_unidade_fonte_e_ano_do_complementar_escolhido():
    indicador = IndicadorComplementar(
        direcao=Direcao.BAIXO_PIOR,
        nome="Taxa de crescimento",
        unidade="%",
        fonte="IBGE, estimativas",
        ano="2004",
    )
    memoria = memoria_de(
        {"indicador_complementar": "-1.5"},
        {"codigo_ibge": "3200002", "indicador_complementar": "2"},
        complementares={(Porte.PEQUENO_I, "ES"): indicador},
    )

    explicacao = explicar(memoria=memoria, codigo_ibge="3200002")

    complementar = explicacao.indicadores[3]
    assert complementar.rotulo == "Indicador complementar: Taxa de crescimento"
    assert (complementar.valor, complementar.menor) == ("2 %", "-1,5 %")
    assert (complementar.fonte, complementar.ano) == ("IBGE, estimativas", "2004")
    assert explicacao.contas[4].conta == "(2 − (−1,5)) ÷ (2 − (−1,5))"
    dado = next(d for d in explicacao.passos[2].dados if d.rotulo == "Indicador complementar")
    assert (dado.valor, dado.fonte, dado.ano) == ("2", "IBGE, estimativas", "2004")


def test_cada_dado_leva_a_sua_origem():
    leitura = conferir_linhas(
        linhas=[Linha(1, {**LINHA, "rcl_per_capita": "1234.50"})],
        opcoes=opcoes(),
        origens={
            "3200001": {
                "populacao": Origem("IBGE", "2004"),
                "populacao_vulneravel": Origem("Censo", "2000"),
            }
        },
    )
    memoria = montar_memoria(partilhar(municipios=leitura.municipios, opcoes=opcoes()))

    explicacao = explicar(memoria=memoria, codigo_ibge="3200001")

    todos = {d.rotulo: d for passo in explicacao.passos for d in passo.dados}
    assert (todos["População"].valor, todos["População"].fonte) == ("10.000", "IBGE")
    assert (todos["População vulnerável"].fonte, todos["População vulnerável"].ano) == ("Censo", "2000")
    receita = todos["Receita corrente líquida por habitante"]
    assert (receita.valor, receita.fonte, receita.ano) == ("R$ 1.234,50", "", "")
    assert (todos["Nível de gestão"].valor, todos["Adesão ao SUAS"].valor) == ("gestão básica", "sim")
    assert todos["CRAS já cofinanciados"].valor == "0"
    assert (explicacao.indicadores[0].fonte, explicacao.indicadores[0].ano) == ("Censo", "2000")


def test_as_sobras_aparecem_para_quem_recebe_e_para_quem_cede():
    memoria = memoria_de(
        {},
        {"codigo_ibge": "3200002", "populacao": "30000"},
        {"codigo_ibge": "3200003", "populacao": "30000", "populacao_vulneravel": "900"},
        recurso_centavos=22_200_000,
    )

    recebe = frases(explicar(memoria=memoria, codigo_ibge="3200003"), "distribuicao")
    cede = frases(explicar(memoria=memoria, codigo_ibge="3200001"), "distribuicao")
    ja_pago = frases(explicar(memoria=memoria, codigo_ibge="3200002"), "distribuicao")

    assert recebe[1:] == (
        "A fila foi percorrida com R$ 102.000,00: 1 município recebeu o mínimo e restaram R$ 26.400,00.",
        "Na vez deste município havia R$ 26.400,00: o mínimo de R$ 75.600,00 não coube.",
        "Sobraram R$ 66.000,00 de Pequeno I em ES, onde ninguém mais esperava; Pequeno II recebeu R$ 66.000,00.",
        "A fila foi percorrida com R$ 92.400,00: 1 município recebeu o mínimo e restaram R$ 16.800,00.",
        "Na vez deste município havia R$ 92.400,00: o mínimo de R$ 75.600,00 coube.",
        "O município recebe R$ 75.600,00 no exercício.",
    )
    assert cede[-2] == "Pequeno I em ES cedeu R$ 66.000,00 a Pequeno II: ninguém mais esperava."
    assert [frase for frase in ja_pago if frase.startswith("Na vez")] == [
        "Na vez deste município havia R$ 102.000,00: o mínimo de R$ 75.600,00 coube."
    ]


def test_a_regra_2_diz_quem_era_o_mais_longe():
    memoria = memoria_de(
        {},
        {"codigo_ibge": "3200002", "populacao": "30000", "populacao_vulneravel": "1"},
        recurso_centavos=10_000_000,
        criterio_porte=CriterioPorte.POPULACAO,
    )

    longe = explicar(memoria=memoria, codigo_ibge="3200001")
    perto = explicar(memoria=memoria, codigo_ibge="3200002")

    assert frases(longe, "distribuicao")[1:5] == (
        "A fila foi percorrida com R$ 25.000,00 e nenhum mínimo coube.",
        "Pequeno I em ES cedeu R$ 25.000,00 a Pequeno II: era o mais longe de pagar.",
        "Sobraram R$ 24.400,00 de Pequeno II em ES, onde ninguém mais esperava; Pequeno I recebeu R$ 24.400,00.",
        "A fila foi percorrida com R$ 24.400,00 e nenhum mínimo coube.",
    )
    assert (
        "Sobraram R$ 25.000,00 de Pequeno I em ES, o mais longe de pagar alguém; Pequeno II recebeu "
        "R$ 25.000,00." in frases(perto, "distribuicao")
    )
    assert frases(longe, "passo_1")[0].endswith("pela população: Pequeno I tem 10.000 dos 40.000 habitantes.")


@pytest.mark.parametrize(
    ("linha", "frase"),
    [
        ({"adesao_suas": "nao"}, "Não aderiu ao SUAS. Por isso não recebe nesta partilha."),
        (
            {"cras_cofinanciados": "2"},
            "Já tem 2 CRAS cofinanciados; o mínimo do porte é 1. Por isso não recebe nesta partilha.",
        ),
    ],
)
def test_quem_nao_disputa_sabe_por_que(linha, frase):
    memoria = memoria_de(linha, {"codigo_ibge": "3200002"})

    assert frases(explicar(memoria=memoria, codigo_ibge="3200001"), "distribuicao") == (frase,)


def test_o_nao_classificado_sabe_o_que_falta():
    memoria = memoria_de({"rcl_per_capita": ""}, {"codigo_ibge": "3200002"}, excluir_incompletos=True)

    explicacao = explicar(memoria=memoria, codigo_ibge="3200001")

    assert frases(explicacao, "passo_3") == (
        "O município não foi classificado: falta receita corrente líquida por habitante.",
    )
    assert frases(explicacao, "distribuicao") == ("Falta rcl_per_capita. Por isso não recebe nesta partilha.",)
    assert (explicacao.indice, explicacao.ordem, explicacao.indicadores) == ("", None, ())
    assert explicacao.vizinhos == ()
    assert [c.descricao for c in explicacao.contas] == ["Mínimo do município"]


def test_o_porte_que_devolveu_diz_que_devolveu():
    memoria = memoria_de({}, {"codigo_ibge": "3200002", "populacao": "30000", "populacao_vulneravel": "0"})

    assert frases(explicar(memoria=memoria, codigo_ibge="3200002"), "passo_2") == (
        "Pequeno II não tem quem pese neste passo no país e devolveu R$ 170.000,00 aos outros portes.",
        "Pequeno II em ES ficou com R$ 0,00.",
    )


@pytest.mark.parametrize(
    ("quantos", "frase"),
    [(2, "Outro município tem o mesmo índice;"), (3, "Outros 2 municípios têm o mesmo índice;")],
)
def test_o_empate_e_dito(quantos, frase):
    memoria = memoria_de(*({"codigo_ibge": f"320000{n}"} for n in range(1, quantos + 1)))

    assert frases(explicar(memoria=memoria, codigo_ibge="3200001"), "passo_3")[2].startswith(frase)


def test_na_transicao_fala_de_pobreza_e_de_familias():
    memoria = memoria_de({"familias": "100", "familias_pobres": "25"}, transicao_2005=True, exercicio=2005)

    explicacao = explicar(memoria=memoria, codigo_ibge="3200001")

    assert explicacao.indicadores[0].rotulo == "Taxa de pobreza"
    assert explicacao.indicadores[0].fundamento == FUNDAMENTO_TRANSICAO
    assert explicacao.indicadores[1].fundamento == FUNDAMENTO_PASSO_3
    assert len(explicacao.indicadores) == 3
    assert explicacao.contas[0].descricao == "Taxa de pobreza, em %"
    assert explicacao.contas[0].conta == "25 ÷ 100 × 100"
    assert "ES tem 25 das 25 famílias pobres" in frases(explicacao, "passo_2")[1]
    assert "de 0 a 4" in frases(explicacao, "passo_3")[0]
    assert [d.rotulo for d in explicacao.passos[2].dados][:2] == ["População", "Famílias"]


def test_com_quem_se_compara_na_regiao_e_no_estado():
    linha = {"populacao": "60000"}

    regional = explicar(memoria=memoria_de(linha), codigo_ibge="3200001")
    estadual = explicar(memoria=memoria_de(linha, normalizacao=Normalizacao.UF_PORTE), codigo_ibge="3200001")

    assert [i.com_quem for i in regional.indicadores] == [
        *["municípios de porte Médio do país"] * 3,
        "municípios de porte Médio da região Sudeste",
    ]
    assert {i.com_quem for i in estadual.indicadores} == {"municípios de porte Médio de ES"}


def test_simulacao_avisa():
    explicacao = explicar(memoria=memoria_de({}, exercicio=2020), codigo_ibge="3200001")

    assert explicacao.aviso == "simulação: norma não vigente"


def test_o_recorte_explica_o_mesmo(tres_na_fila):
    recorte = recortar(memoria=tres_na_fila, codigo_ibge="3200002")

    assert explicar(memoria=recorte, codigo_ibge="3200002") == explicar(memoria=tres_na_fila, codigo_ibge="3200002")


def test_codigo_que_nao_esta_na_partilha(tres_na_fila):
    with pytest.raises(MunicipioForaDaPartilha, match="9999999 não está nesta partilha"):
        explicar(memoria=tres_na_fila, codigo_ibge="9999999")


@pytest.mark.parametrize(
    ("valor", "casas", "texto"),
    [
        (Fraction(1, 3), 0, "0,333333"),
        (Fraction(5, 2), 0, "2,5"),
        (Fraction(5, 2), 2, "2,50"),
        (Fraction(3), 0, "3"),
        (Fraction(3), 2, "3,00"),
        (Fraction(-1234), 0, "-1.234"),
        (Fraction(100), 0, "100"),
    ],
)
def test_numero_legivel_corta_zeros(valor, casas, texto):
    assert numero_legivel(valor, menos_casas=casas) == texto
