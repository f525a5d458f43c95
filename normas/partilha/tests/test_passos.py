"""Os três passos contra contas escritas do modo mais direto, e as bordas de cada um."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from normas.partilha.calculo import PartilhaRecusada, Situacao, partilhar
from normas.partilha.opcoes import (
    CriterioPorte,
    Direcao,
    IndicadorComplementar,
    Normalizacao,
    OpcaoRecusada,
    instancia,
    instancias,
)
from normas.partilha.prioridade import Indicador
from normas.partilha.regras import regras_do_exercicio
from normas.partilha.tests.estrategias import listas_de_municipios, opcoes_quaisquer
from normas.partilha.tests.fabricas import municipios, opcoes
from normas.territorio.porte import Porte

PI, PII, M, G, MET = Porte
REGIAO = {"AC": "Norte", "BA": "Nordeste", "ES": "Sudeste", "SP": "Sudeste", "DF": "Centro-Oeste"}


def porte(m):
    if m.uf == "DF":
        return MET
    limites = [(20000, PI), (50000, PII), (100000, M), (900000, G)]
    return next((p for limite, p in limites if m.populacao <= limite), MET)


def maiores_restos(total, pesos):
    soma = sum(pesos.values())
    quotas = {k: Fraction(total * v, soma) for k, v in pesos.items()}
    partes = {k: int(q) for k, q in quotas.items()}
    while sum(partes.values()) < total:
        mais = max(q - int(q) for k, q in quotas.items() if partes[k] == int(q))
        quem = next(k for k, q in quotas.items() if partes[k] == int(q) and q - int(q) == mais)
        partes[quem] += 1
    return partes


def passos_1_e_2(lista, com):
    pesos = {PI: 20, PII: 17, M: 12, G: 31, MET: 20}
    if com.criterio_porte is CriterioPorte.POPULACAO:
        pesos = {p: sum(m.populacao for m in lista if porte(m) is p) for p in Porte}
    passo1 = maiores_restos(com.recurso_centavos, pesos)
    vulneraveis = {
        p: {
            uf: sum(m.populacao_vulneravel for m in lista if m.uf == uf and porte(m) is p)
            for uf in sorted({m.uf for m in lista if porte(m) is p})
        }
        for p in Porte
    }
    podem = [p for p in Porte if sum(vulneraveis[p].values())]
    volta = sum(passo1[p] for p in Porte if p not in podem)
    extra = maiores_restos(volta, {p: pesos[p] for p in podem})
    return passo1, {
        (uf, p): valor
        for p in podem
        for uf, valor in maiores_restos(passo1[p] + extra[p], vulneraveis[p]).items()
        if valor
    }


def indice(m, lista, com):
    pares = [x for x in lista if porte(x) is porte(m)]
    por_uf = com.normalizacao is Normalizacao.UF_PORTE
    base = [x for x in pares if x.uf == m.uf] if por_uf else pares
    regional = {PI: lambda x: x.uf, PII: lambda x: x.uf, MET: lambda x: "BR"}
    de = regional.get(porte(m), lambda x: REGIAO[x.uf])
    seus = base if por_uf else [x for x in pares if de(x) == de(m)]
    alto = com.complementar(porte=porte(m), uf=m.uf).direcao is Direcao.ALTO_PIOR

    def de_zero_a_um(valor, entre, alto_e_pior):
        valores = [valor(x) for x in entre]
        if max(valores) == min(valores):
            return 1
        parte = Fraction(valor(m) - min(valores)) / Fraction(max(valores) - min(valores))
        return 1 - parte if alto_e_pior else parte

    return (
        2 * de_zero_a_um(lambda x: Fraction(x.populacao_vulneravel, x.populacao), base, True)
        + de_zero_a_um(lambda x: Fraction(x.rcl_per_capita), base, False)
        + de_zero_a_um(lambda x: Fraction(x.fnas_psb_per_capita), base, False)
        + de_zero_a_um(lambda x: Fraction(x.indicador_complementar), seus, alto)
    )


@settings(max_examples=150, deadline=None)
@given(listas_de_municipios(), opcoes_quaisquer)
def test_os_passos_dao_o_mesmo_que_as_contas_diretas(lista, com):
    if not sum(m.populacao_vulneravel for m in lista):
        with pytest.raises(PartilhaRecusada):
            partilhar(municipios=lista, opcoes=com)
        return

    resultado = partilhar(municipios=lista, opcoes=com)

    passo1, passo2 = passos_1_e_2(lista, com)
    assert dict(resultado.passo1.valores) == passo1
    assert {(g.uf, g.porte): g.passo2 for g in resultado.grupos if g.passo2} == passo2
    for cota in resultado.cotas:
        assert cota.prioridade.indice == indice(cota.municipio, lista, com)


class TestPasso1:
    def test_os_centavos_que_sobram_vao_aos_maiores_restos(self):
        # 20%, 17%, 12%, 31% e 20% de 1 centavo: a Grande tem o maior resto.
        resultado = partilhar(municipios=municipios({}), opcoes=opcoes(recurso_centavos=1))

        assert [resultado.passo1.valores[p] for p in Porte] == [0, 0, 0, 1, 0]

    def test_restos_iguais_vao_ao_porte_que_vem_antes(self):
        # De 3 centavos: 0,6; 0,51; 0,36; 0,93; 0,6. Grande, Pequeno I e Metrópole levam um cada.
        # De 2 centavos: 0,4; 0,34; 0,24; 0,62; 0,4. Grande e, entre 0,4 e 0,4, Pequeno I.
        por_recurso = {
            recurso: [
                partilhar(municipios=municipios({}), opcoes=opcoes(recurso_centavos=recurso)).passo1.valores[p]
                for p in Porte
            ]
            for recurso in (2, 3)
        }

        assert por_recurso == {2: [1, 0, 0, 1, 0], 3: [1, 0, 0, 1, 1]}

    def test_incompleto_nao_pesa_na_populacao(self):
        com = opcoes(criterio_porte=CriterioPorte.POPULACAO, excluir_incompletos=True)
        lista = municipios({}, {"codigo_ibge": "3200002", "populacao": "30000", "rcl_per_capita": ""}, com=com)

        resultado = partilhar(municipios=lista, opcoes=com)

        assert dict(resultado.passo1.pesos) == {PI: 10000, PII: 0, M: 0, G: 0, MET: 0}


class TestPasso2:
    def test_o_devolvido_e_somado_e_repartido_uma_vez_pelos_pesos(self):
        # 1,00: 20; 17; 12; 31; 20 centavos. Só Pequeno I, II e Médio têm vulneráveis: voltam 51,
        # por 20, 17 e 12 em 49: 20,8; 17,7; 12,5 e os dois centavos vão a Pequeno I e Pequeno II.
        lista = municipios(
            {},
            {"codigo_ibge": "3200002", "populacao": "30000"},
            {"codigo_ibge": "3200003", "populacao": "60000"},
            {"codigo_ibge": "3200004", "populacao": "200000", "populacao_vulneravel": "0"},
        )

        passo2 = partilhar(municipios=lista, opcoes=opcoes(recurso_centavos=100)).passo2

        assert dict(passo2.devolvido) == {G: 31, MET: 20}
        assert dict(passo2.recebido) == {PI: 21, PII: 18, M: 12}
        assert dict(passo2.totais) == {PI: 41, PII: 35, M: 24, G: 0, MET: 0}
        assert dict(passo2.valores[G]) == {"ES": 0}

    def test_restos_iguais_vao_ao_estado_que_vem_antes_no_alfabeto(self):
        lista = municipios({"codigo_ibge": "3500001", "uf": "SP"}, {}, {"codigo_ibge": "1200001", "uf": "AC"})

        passo2 = partilhar(municipios=lista, opcoes=opcoes(recurso_centavos=5)).passo2

        assert list(passo2.valores[PI].items()) == [("AC", 2), ("ES", 2), ("SP", 1)]

    @pytest.mark.parametrize("criterio", list(CriterioPorte))
    def test_sem_vulneravel_nao_ha_por_que_partilhar(self, criterio):
        com = opcoes(criterio_porte=criterio, excluir_incompletos=True)
        for linha in ({"populacao_vulneravel": "0"}, {"rcl_per_capita": ""}):
            with pytest.raises(PartilhaRecusada) as recusa:
                partilhar(municipios=municipios(linha, com=com), opcoes=com)

            assert recusa.value.coluna == "populacao_vulneravel"
            assert str(recusa.value) == (
                "Nenhum município classificado tem pessoa vulnerável: a soma de populacao_vulneravel "
                "é 0 e não há por que partilhar. Confira a coluna."
            )

    def test_na_transicao_a_recusa_fala_de_familias(self):
        com = opcoes(transicao_2005=True)
        lista = municipios({"familias": "10", "familias_pobres": "0"}, com=com)

        with pytest.raises(PartilhaRecusada, match="Nenhum município classificado tem família pobre") as recusa:
            partilhar(municipios=lista, opcoes=com)

        assert recusa.value.coluna == "familias_pobres"


class TestInstancias:
    @pytest.mark.parametrize(
        ("porte", "uf", "onde"),
        [
            (PI, "ES", "ES"),
            (PII, "DF", "DF"),
            (M, "ES", "Sudeste"),
            (G, "MS", "Centro-Oeste"),
            (G, "RS", "Sul"),
            (M, "TO", "Norte"),
            (M, "MA", "Nordeste"),
            (MET, "SP", "BR"),
        ],
    )
    def test_quem_escolhe_o_complementar(self, porte, uf, onde):
        assert instancia(porte=porte, uf=uf) == (porte, onde)
        assert (porte, onde) in set(instancias(porte))

    def test_sao_27_cinco_e_uma(self):
        assert [len(list(instancias(p))) for p in Porte] == [27, 27, 5, 5, 1]

    def test_cada_cib_tem_a_sua_direcao(self):
        com = opcoes(complementares={(PI, "ES"): IndicadorComplementar(direcao=Direcao.BAIXO_PIOR)})
        linhas = [
            {"codigo_ibge": codigo, "uf": uf, "indicador_complementar": valor}
            for codigo, uf, valor in [
                ("3200001", "ES", "1"),
                ("3200002", "ES", "9"),
                ("3500001", "SP", "1"),
                ("3500002", "SP", "9"),
            ]
        ]

        resultado = partilhar(municipios=municipios(*linhas), opcoes=com)

        assert [cota.prioridade.representativos[Indicador.COMPLEMENTAR] for cota in resultado.cotas] == [0, 1, 1, 0]


class TestRegras:
    @pytest.mark.parametrize(
        ("ano", "vigente"), [(2004, False), (2005, True), (2006, True), (2012, True), (2013, False)]
    )
    def test_a_norma_rege_o_exercicio_em_que_vige_no_ultimo_dia(self, ano, vigente):
        regras = regras_do_exercicio(ano)

        assert regras.vigente is vigente
        assert regras.norma.conteudo == "NOB/SUAS 2005"
        assert regras.percentual_por_porte.conteudo["GRANDE"] == 31
        assert [regra.nome for regra in regras.todos] == [
            "partilha.norma",
            "territorio.porte",
            "partilha.percentual_por_porte",
            "partilha.pesos",
            "rede.cras_por_porte",
        ]


class TestRecusas:
    def test_codigo_repetido(self):
        um = municipios({})[0]

        with pytest.raises(PartilhaRecusada, match="3200001 aparece duas vezes") as recusa:
            partilhar(municipios=[um, um], opcoes=opcoes())

        assert recusa.value.coluna == "codigo_ibge"

    def test_incompleto_sem_pedir_para_excluir(self):
        aceita = opcoes(excluir_incompletos=True)
        lista = municipios({}, {"codigo_ibge": "3200002", "rcl_per_capita": ""}, com=aceita)

        with pytest.raises(PartilhaRecusada, match="Falta rcl_per_capita do município 3200002") as recusa:
            partilhar(municipios=lista, opcoes=opcoes())

        assert recusa.value.coluna == "rcl_per_capita"

    @pytest.mark.parametrize(
        ("mudanca", "frase"),
        [
            ({"recurso_centavos": 0}, "O recurso a partilhar é R\\$ 0,00"),
            ({"recurso_centavos": -1}, "O recurso a partilhar é -R\\$ 0,01"),
            ({"pbf_centavos": 0}, "O Piso Básico Fixo é R\\$ 0,00"),
            ({"exercicio": 1987}, "1987 não é um exercício"),
            ({"exercicio": 2200}, "2200 não é um exercício"),
        ],
    )
    def test_opcao_que_nao_serve(self, mudanca, frase):
        with pytest.raises(OpcaoRecusada, match=frase):
            opcoes(**mudanca)


class TestSituacoes:
    @pytest.mark.parametrize(
        ("linha", "situacao", "motivo"),
        [
            (
                {"adesao_suas": "nao", "cras_cofinanciados": "9", "rcl_per_capita": ""},
                Situacao.NAO_CLASSIFICADO,
                "Falta rcl_per_capita.",
            ),
            (
                {"adesao_suas": "nao", "cras_cofinanciados": "9"},
                Situacao.NAO_ELEGIVEL,
                "Não aderiu ao SUAS.",
            ),
            (
                {"nivel_gestao": "nao_habilitado"},
                Situacao.NAO_ELEGIVEL,
                "Não está habilitado na gestão básica nem na plena.",
            ),
            (
                {"nivel_gestao": "inicial", "adesao_suas": "nao"},
                Situacao.NAO_ELEGIVEL,
                "Não aderiu ao SUAS e a gestão é inicial, e participam a básica e a plena.",
            ),
            (
                {"cras_cofinanciados": "1"},
                Situacao.MINIMO_JA_ATENDIDO,
                "Já tem 1 CRAS cofinanciado; o mínimo do porte é 1.",
            ),
        ],
    )
    def test_vale_a_primeira_que_couber(self, linha, situacao, motivo):
        com = opcoes(excluir_incompletos=True)
        lista = municipios(linha, {"codigo_ibge": "3200002"}, com=com)

        cota = partilhar(municipios=lista, opcoes=com).cotas[0]

        assert (cota.situacao, cota.motivo, cota.valor_partilhado) == (situacao, motivo, 0)

    def test_quem_nao_foi_alcancado_porque_o_porte_cedeu_tudo_sabe_disso(self):
        com = opcoes(recurso_centavos=5_000_000)
        lista = municipios({"populacao": "20000"}, {"codigo_ibge": "3200002", "populacao": "50000"}, com=com)

        pequeno_i, pequeno_ii = partilhar(municipios=lista, opcoes=com).cotas

        assert pequeno_i.motivo == (
            "O mínimo de R$ 54.000,00 não coube no recurso de Pequeno I em ES; restaram R$ 50.000,00."
        )
        assert pequeno_ii.motivo == (
            "O mínimo de R$ 75.600,00 não coube no recurso de Pequeno II em ES; "
            "os R$ 22.972,97 que havia foram cedidos a outros portes do estado."
        )
