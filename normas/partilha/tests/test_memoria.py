"""A memória: forma canônica, só textos e inteiros, tudo o que entrou e cada número do caminho."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given, settings

from normas.base.planilha import Linha
from normas.partilha.calculo import partilhar
from normas.partilha.caminho import MunicipioForaDaPartilha
from normas.partilha.entrada import conferir_linhas
from normas.partilha.memoria import (
    canonica,
    montar_memoria,
    municipios_da_memoria,
    opcoes_da_memoria,
    recortar,
    resumo_sha256,
)
from normas.partilha.municipio import Origem
from normas.partilha.opcoes import Direcao, IndicadorComplementar
from normas.partilha.tests.estrategias import listas_de_municipios, opcoes_quaisquer
from normas.partilha.tests.fabricas import LINHA, municipios, opcoes
from normas.territorio.porte import Porte


def memoria_de(*linhas, **mudancas):
    com = opcoes(**mudancas)
    return montar_memoria(partilhar(municipios=municipios(*linhas, com=com), opcoes=com))


def folhas(valor):
    if isinstance(valor, dict):
        assert all(type(chave) is str for chave in valor)
        for item in valor.values():
            yield from folhas(item)
    elif isinstance(valor, list):
        for item in valor:
            yield from folhas(item)
    else:
        yield valor


@settings(max_examples=30, deadline=None)
@given(listas_de_municipios(), opcoes_quaisquer)
def test_so_tem_textos_e_inteiros_e_volta_igual_do_disco(lista, com):
    if not sum(m.populacao_vulneravel for m in lista):
        return
    memoria = montar_memoria(partilhar(municipios=lista, opcoes=com))

    assert {type(folha) for folha in folhas(memoria)} <= {str, int}
    assert json.loads(canonica(memoria)) == memoria
    refeita = montar_memoria(partilhar(municipios=municipios_da_memoria(memoria), opcoes=opcoes_da_memoria(memoria)))
    assert refeita == memoria


def test_a_forma_canonica_tem_chaves_em_ordem_acentos_e_nenhum_espaco_de_sobra():
    assert canonica({"é": "Médio", "a": [1, {"c": "x", "b": 2}]}) == ('{"a":[1,{"b":2,"c":"x"}],"é":"Médio"}'.encode())


def test_o_resumo_e_o_sha256_dos_bytes():
    assert resumo_sha256(b"abc") == hashlib.sha256(b"abc").hexdigest()


def test_o_municipio_traz_a_entrada_e_cada_numero():
    memoria = memoria_de(
        {"rcl_per_capita": "100.50", "indicador_complementar": "-3.5"},
        {"codigo_ibge": "3200002", "rcl_per_capita": "400.50", "populacao_vulneravel": "4000"},
    )

    primeiro = memoria["municipios"][0]
    assert primeiro["entrada"] == {
        "populacao": 10000,
        "populacao_vulneravel": 1000,
        "rcl_per_capita": "100.50",
        "fnas_psb_per_capita": "1.00",
        "indicador_complementar": "-3.5",
        "nivel_gestao": "basica",
        "adesao_suas": "sim",
        "cras_cofinanciados": 0,
    }
    assert primeiro["indicadores"]["rcl_per_capita"] == {
        "valor": "201/2",
        "representativo": "0/1",
        "representativo_decimal": "0.000000",
    }
    assert primeiro["indicadores"]["vulnerabilidade"]["valor"] == "1/10"
    # 2 x 1 (menos vulnerável) + 0 (menor receita) + 1 + 1 (o complementar, em que o alto é pior).
    assert (primeiro["indice"], primeiro["indice_decimal"], primeiro["ordem"]) == (
        "4/1",
        "4.000000",
        2,
    )
    assert (primeiro["faltam"], primeiro["elegivel"], primeiro["porte"]) == ([], "sim", "Pequeno I")
    assert (primeiro["valor_minimo"], primeiro["valor_partilhado"]) == (5400000, 5400000)
    assert "origens" not in primeiro


def test_as_escalas_dizem_com_quem_se_comparou():
    memoria = memoria_de({}, {"codigo_ibge": "3500001", "uf": "SP", "rcl_per_capita": "3"})

    escalas = memoria["passo_3"]["escalas"]
    assert [(e["indicador"], e["abrangencia"], e["municipios"]) for e in escalas] == [
        ("fnas_psb_per_capita", "BR", 2),
        ("indicador_complementar", "ES", 1),
        ("indicador_complementar", "SP", 1),
        ("rcl_per_capita", "BR", 2),
        ("vulnerabilidade", "BR", 2),
    ]
    assert (escalas[3]["minimo"], escalas[3]["maximo"], escalas[3]["pior"]) == ("3/1", "100/1", "baixo")
    assert escalas[4]["pior"] == "alto"


def test_as_escalas_saem_por_indicador_porte_e_abrangencia():
    memoria = memoria_de(
        {"codigo_ibge": "3200009", "populacao": "900001"},
        {"codigo_ibge": "3200001", "populacao": "60000"},
        {"codigo_ibge": "3200002"},
    )

    escalas = [(e["indicador"], e["porte"]) for e in memoria["passo_3"]["escalas"]]

    assert escalas[:4] == [
        ("fnas_psb_per_capita", "Pequeno I"),
        ("fnas_psb_per_capita", "Médio"),
        ("fnas_psb_per_capita", "Metrópole"),
        ("indicador_complementar", "Pequeno I"),
    ]


def test_os_parametros_levam_norma_e_vigencia():
    parametros = memoria_de({})["parametros"]

    assert set(parametros) == {
        "partilha.norma",
        "partilha.percentual_por_porte",
        "partilha.pesos",
        "rede.cras_por_porte",
        "territorio.porte",
    }
    pesos = parametros["partilha.pesos"]
    assert pesos["valor"]["vulnerabilidade"] == 2
    assert (pesos["desde"], pesos["ate"]) == ("2005-07-25", "2013-01-03")
    assert pesos["norma"].startswith("NOB/SUAS 2005")
    assert (pesos["evidencia"], pesos["dispositivo"]) == (
        "confirmado",
        "item 5.5, I, a, 3º critério, 2",
    )
    assert pesos["descricao"].startswith("Peso de cada indicador")
    assert pesos["observacao"].startswith("Falta conferir")
    assert parametros["territorio.porte"]["ate"] == ""
    assert parametros["rede.cras_por_porte"]["valor"]["Médio"] == {"minimo": 2, "familias": 5000}


def test_a_simulacao_fica_dita():
    assert memoria_de({}, exercicio=2012)["simulacao_norma_nao_vigente"] == "nao"
    assert memoria_de({}, exercicio=2013)["simulacao_norma_nao_vigente"] == "sim"
    assert memoria_de({})["norma"] == {
        "nome": "NOB/SUAS 2005",
        "norma": "NOB/SUAS 2005 (Resolução CNAS nº 130/2005)",
        "dispositivo": "item 5.5, I, a",
        "desde": "2005-07-25",
        "ate": "2013-01-03",
    }


def test_os_eventos_e_os_grupos_contam_a_distribuicao():
    memoria = memoria_de({}, {"codigo_ibge": "3200002", "populacao": "30000"}, recurso_centavos=20_000_000)

    assert memoria["distribuicao"] == {
        "ES": [
            {
                "tipo": "percurso",
                "porte": "Pequeno I",
                "dinheiro": 10810811,
                "pagamentos": [["3200001", 5400000, 5410811]],
                "esperam": 0,
            },
            {
                "tipo": "percurso",
                "porte": "Pequeno II",
                "dinheiro": 9189189,
                "pagamentos": [["3200002", 7560000, 1629189]],
                "esperam": 0,
            },
        ]
    }
    assert memoria["grupos"][1] == {
        "uf": "ES",
        "porte": "Pequeno II",
        "passo1": 3400000,
        "passo2": 9189189,
        "recebido": 0,
        "cedido": 0,
        "pago": 7560000,
        "saldo": 1629189,
    }
    assert memoria["totais"] == {
        "municipios": 2,
        "recurso": 20000000,
        "pago": 12960000,
        "saldo": 7040000,
    }


def test_as_transferencias_dizem_de_quem_e_para_quem():
    memoria = memoria_de({}, {"codigo_ibge": "3200002", "populacao": "60000"}, recurso_centavos=9_600_000)

    transferencias = [e for e in memoria["distribuicao"]["ES"] if e["tipo"] == "transferencia"]
    assert transferencias == [
        {"tipo": "transferencia", "regra": 1, "de": [["Pequeno I", 600000]], "para": [["Médio", 600000]]}
    ]


def test_o_incompleto_fica_na_memoria_sem_ordem():
    memoria = memoria_de({}, {"codigo_ibge": "3200002", "rcl_per_capita": ""}, excluir_incompletos=True)

    incompleto = memoria["municipios"][1]
    assert incompleto["faltam"] == ["rcl_per_capita"]
    assert "rcl_per_capita" not in incompleto["entrada"]
    assert not {"ordem", "indice", "indicadores"} & set(incompleto)
    assert municipios_da_memoria(memoria)[1].rcl_per_capita is None


def test_origens_se_guardam_uma_vez_e_voltam():
    ibge, mds = Origem("IBGE, estimativas", "2004"), Origem("MDS", "2005")
    leitura = conferir_linhas(
        linhas=[Linha(1, LINHA), Linha(2, {**LINHA, "codigo_ibge": "3200002"})],
        opcoes=opcoes(),
        origens={
            "3200001": {"populacao": ibge, "cras_cofinanciados": mds},
            "3200002": {"populacao": ibge},
        },
    )

    memoria = montar_memoria(partilhar(municipios=leitura.municipios, opcoes=opcoes()))

    assert memoria["origens"] == [
        {"fonte": "IBGE, estimativas", "ano": "2004"},
        {"fonte": "MDS", "ano": "2005"},
    ]
    assert memoria["municipios"][1]["origens"] == {"populacao": 0}
    assert municipios_da_memoria(memoria) == leitura.municipios


def test_o_complementar_de_cada_instancia_vai_com_nome_unidade_fonte_e_ano():
    indicador = IndicadorComplementar(
        direcao=Direcao.BAIXO_PIOR,
        nome="Taxa de urbanização",
        unidade="%",
        fonte="IBGE, Censo Demográfico",
        ano="2000",
    )
    complementares = {(Porte.PEQUENO_I, "ES"): indicador, (Porte.MEDIO, "Sul"): indicador}

    memoria = memoria_de({}, complementares=complementares)

    assert memoria["opcoes"]["complementares"] == [
        {
            "porte": "Pequeno I",
            "instancia": "ES",
            "direcao": "baixo_pior",
            "nome": "Taxa de urbanização",
            "unidade": "%",
            "fonte": "IBGE, Censo Demográfico",
            "ano": "2000",
        }
    ]
    assert opcoes_da_memoria(memoria).complementares == {(Porte.PEQUENO_I, "ES"): indicador}


def test_o_recorte_tem_so_o_estado():
    memoria = memoria_de({}, {"codigo_ibge": "3500001", "uf": "SP"})

    recorte = recortar(memoria=memoria, codigo_ibge="3500001")

    assert [m["codigo_ibge"] for m in recorte["municipios"]] == ["3500001"]
    assert list(recorte["distribuicao"]) == ["SP"]
    assert [g["uf"] for g in recorte["grupos"]] == ["SP"]
    assert recorte["passo_2"] == memoria["passo_2"]
    assert len(memoria["municipios"]) == 2


def test_o_recorte_de_um_estado_sem_classificado_nao_tem_eventos():
    memoria = memoria_de({}, {"codigo_ibge": "3500001", "uf": "SP", "rcl_per_capita": ""}, excluir_incompletos=True)

    assert recortar(memoria=memoria, codigo_ibge="3500001")["distribuicao"] == {"SP": []}


def test_o_recorte_de_codigo_de_fora_e_recusado():
    with pytest.raises(MunicipioForaDaPartilha):
        recortar(memoria=memoria_de({}), codigo_ibge="3500001")
