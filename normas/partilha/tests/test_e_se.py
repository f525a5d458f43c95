"""E se um dado fosse outro: o recálculo inteiro e a busca do que faz subir concordam."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normas.base.planilha import Linha
from normas.partilha.calculo import PartilhaRecusada, partilhar
from normas.partilha.caminho import Caminho, MunicipioForaDaPartilha
from normas.partilha.e_se import AlteracaoRecusada, com_alteracao, para_subir
from normas.partilha.entrada import conferir_linhas
from normas.partilha.memoria import montar_memoria, recortar
from normas.partilha.municipio import Origem
from normas.partilha.opcoes import Direcao, direcao_por_porte
from normas.partilha.prioridade import Indicador
from normas.partilha.tests.estrategias import listas_de_municipios, opcoes_quaisquer
from normas.partilha.tests.fabricas import LINHA, municipios, opcoes
from normas.territorio.porte import Porte


def memoria_de(*linhas, **mudancas):
    com = opcoes(**mudancas)
    return montar_memoria(partilhar(municipios=municipios(*linhas, com=com), opcoes=com))


@pytest.fixture
def dinheiro_para_um():
    return memoria_de(
        {"populacao_vulneravel": "4000", "rcl_per_capita": "100"},
        {"codigo_ibge": "3200002", "populacao_vulneravel": "3000", "rcl_per_capita": "200"},
        {"codigo_ibge": "3200003", "populacao_vulneravel": "1000", "rcl_per_capita": "300"},
        recurso_centavos=10_000_000,
    )


def em_texto(valor):
    return valor.removeprefix("R$ ").replace(".", "").replace(",", ".")


class TestComAlteracao:
    def test_mostra_antes_depois_e_quem_mais_muda(self, dinheiro_para_um):
        alteracao = com_alteracao(
            memoria=dinheiro_para_um,
            codigo_ibge="3200002",
            coluna="populacao_vulneravel",
            valor="9000",
        )

        assert (alteracao.antes.ordem, alteracao.antes.situacao) == (2, "nao_alcancado")
        assert (alteracao.antes.indice, alteracao.antes.valor_partilhado) == ("3,166667", 0)
        assert (alteracao.depois.ordem, alteracao.depois.situacao) == (1, "contemplado")
        # vulnerabilidade 0, receita (200 - 100) / 200 = 0,5, os outros dois 1.
        assert (alteracao.depois.indice, alteracao.depois.valor_partilhado) == ("2,500000", 5400000)
        assert alteracao.mudaram == (("3200001", 5400000, 0), ("3200002", 0, 5400000))
        assert alteracao.antes.motivo.startswith("O mínimo de R$ 54.000,00 não coube")
        assert alteracao.depois.motivo.startswith("O mínimo de R$ 54.000,00 coube")
        assert alteracao.resultado.cotas[1].municipio.populacao_vulneravel == 9000

    def test_o_mesmo_valor_nao_muda_nada(self, dinheiro_para_um):
        alteracao = com_alteracao(memoria=dinheiro_para_um, codigo_ibge="3200002", coluna="rcl_per_capita", valor="200")

        assert alteracao.antes == alteracao.depois
        assert alteracao.mudaram == ()

    @pytest.mark.parametrize(
        ("coluna", "valor", "frase"),
        [
            ("rcl_per_capita", "-1", "“-1” é negativo"),
            ("populacao_vulneravel", "10001", "“10001” é mais do que “10000”"),
            ("nivel_gestao", "df", "“df” é só do Distrito Federal"),
            ("indicador_complementar", "", "Falta o número."),
            ("codigo_ibge", "3200009", "“codigo_ibge” não é um dado desta partilha."),
            ("uf", "SP", "“uf” não é um dado desta partilha."),
            ("familias", "1", "“familias” não é um dado desta partilha."),
        ],
    )
    def test_valor_que_nao_serve_e_recusado_com_a_frase(self, dinheiro_para_um, coluna, valor, frase):
        with pytest.raises(AlteracaoRecusada, match=frase) as recusa:
            com_alteracao(memoria=dinheiro_para_um, codigo_ibge="3200002", coluna=coluna, valor=valor)

        assert [(f.linha, f.coluna, f.valor) for f in recusa.value.falhas] == [(1, coluna, valor)]

    def test_quando_ninguem_fica_vulneravel_a_partilha_e_recusada(self):
        with pytest.raises(PartilhaRecusada):
            com_alteracao(memoria=memoria_de({}), codigo_ibge="3200001", coluna="populacao_vulneravel", valor="0")

    def test_perder_um_indicador_desclassifica_se_a_opcao_permite(self):
        memoria = memoria_de({}, {"codigo_ibge": "3200002"}, excluir_incompletos=True)

        alteracao = com_alteracao(memoria=memoria, codigo_ibge="3200001", coluna="rcl_per_capita", valor="")

        assert (alteracao.depois.indice, alteracao.depois.ordem) == ("", None)
        assert alteracao.depois.situacao == "nao_classificado"
        volta = com_alteracao(
            memoria=montar_memoria(alteracao.resultado),
            codigo_ibge="3200001",
            coluna="rcl_per_capita",
            valor="100.00",
        )
        assert (volta.antes.indice, volta.antes.ordem) == ("", None)
        assert volta.depois.ordem == 1

    def test_a_populacao_tambem_se_troca_e_pode_mudar_o_porte(self, dinheiro_para_um):
        alteracao = com_alteracao(memoria=dinheiro_para_um, codigo_ibge="3200002", coluna="populacao", valor="20001")

        assert alteracao.resultado.cotas[1].porte is Porte.PEQUENO_II
        assert (alteracao.depois.ordem, alteracao.antes.ordem) == (1, 2)

    def test_a_origem_do_dado_continua_com_ele(self):
        origens = {"3200001": {"populacao": Origem("IBGE", "2004")}}
        leitura = conferir_linhas(linhas=[Linha(1, LINHA)], opcoes=opcoes(), origens=origens)
        memoria = montar_memoria(partilhar(municipios=leitura.municipios, opcoes=opcoes()))

        alteracao = com_alteracao(memoria=memoria, codigo_ibge="3200001", coluna="rcl_per_capita", valor="7")

        assert alteracao.resultado.cotas[0].municipio.origens == origens["3200001"]

    def test_codigo_fora_da_partilha(self, dinheiro_para_um):
        with pytest.raises(MunicipioForaDaPartilha):
            com_alteracao(memoria=dinheiro_para_um, codigo_ibge="1", coluna="rcl_per_capita", valor="1")


class TestParaSubir:
    def test_diz_o_valor_de_cada_indicador_para_subir_uma_posicao(self, dinheiro_para_um):
        vulneraveis, receita, fnas, complementar = para_subir(memoria=dinheiro_para_um, codigo_ibge="3200003").posicao

        # Índice 5 contra 3,166667 de quem está à frente: vulnerabilidade 2 x (4000 - v) / 3000
        # menor que 0,166667 pede v acima de 3.750 quando o 2º passa a ser o melhor da escala.
        assert (vulneraveis.coluna, vulneraveis.valor_atual) == ("populacao_vulneravel", "1.000")
        assert vulneraveis.ordem == 2
        assert vulneraveis.explicacao == (
            f"Com {vulneraveis.valor_necessario} em vez de 1.000, e tudo o mais igual, seria o 2º da fila."
        )
        assert (receita.valor_atual, receita.valor_necessario) == ("R$ 300,00", "")
        assert receita.explicacao == "Nem com R$ 0,00 o município chegaria a subir uma posição."
        assert (fnas.valor_atual, fnas.rotulo) == (
            "R$ 1,00",
            "Recurso do FNAS para a proteção básica por habitante",
        )
        assert complementar.valor_necessario == ""
        assert complementar.explicacao == (
            "Indicador complementar já está no limite; por aqui não há como subir uma posição."
        )
        assert {m.alvo for m in (vulneraveis, receita, fnas, complementar)} == {"uma posição acima"}

    def test_o_primeiro_nao_sobe_e_quem_recebe_nao_precisa(self, dinheiro_para_um):
        primeiro = para_subir(memoria=dinheiro_para_um, codigo_ibge="3200001")

        assert (primeiro.posicao, primeiro.recurso) == ((), ())

    def test_quem_nao_disputa_so_ve_a_posicao(self):
        memoria = memoria_de({"populacao_vulneravel": "4000"}, {"codigo_ibge": "3200002", "adesao_suas": "nao"})

        mudancas = para_subir(memoria=memoria, codigo_ibge="3200002")

        assert (len(mudancas.posicao), mudancas.recurso) == (4, ())
        assert {m.situacao for m in mudancas.posicao} == {"nao_elegivel"}

    def test_o_nao_classificado_nao_tem_fila(self):
        memoria = memoria_de({"rcl_per_capita": ""}, {"codigo_ibge": "3200002"}, excluir_incompletos=True)

        mudancas = para_subir(memoria=memoria, codigo_ibge="3200001")

        assert (mudancas.posicao, mudancas.recurso) == ((), ())

    def test_na_transicao_procura_familias_pobres(self):
        memoria = memoria_de(
            {"familias": "100", "familias_pobres": "50"},
            {"codigo_ibge": "3200002", "familias": "100", "familias_pobres": "20"},
            transicao_2005=True,
        )

        mudancas = para_subir(memoria=memoria, codigo_ibge="3200002").posicao

        assert [m.coluna for m in mudancas] == [
            "familias_pobres",
            "rcl_per_capita",
            "fnas_psb_per_capita",
        ]
        # Igual em tudo ao primeiro não basta: o empate é do menor código.
        assert mudancas[0].valor_necessario == "51"

    def test_o_complementar_em_que_o_baixo_e_pior_desce_ate_o_pior_observado(self):
        memoria = memoria_de(
            {"indicador_complementar": "1.250"},
            {"codigo_ibge": "3200002", "indicador_complementar": "9"},
            {"codigo_ibge": "3200003", "indicador_complementar": "5"},
            complementares=direcao_por_porte({Porte.PEQUENO_I: Direcao.BAIXO_PIOR}),
        )

        mudanca = para_subir(memoria=memoria, codigo_ibge="3200002").posicao[3]

        assert (mudanca.coluna, mudanca.valor_atual) == ("indicador_complementar", "9,00")
        # Com 5, igual ao do meio, o empate é do menor código; com 5,01 seria ainda o último.
        assert (mudanca.valor_necessario, mudanca.ordem) == ("5,00", 2)


@settings(max_examples=60, deadline=None)
@given(listas_de_municipios(minimo=4), opcoes_quaisquer, st.data())
def test_o_valor_achado_faz_o_que_promete_no_recalculo_inteiro(lista, com, dados):
    if not sum(m.populacao_vulneravel for m in lista):
        return
    memoria = montar_memoria(partilhar(municipios=lista, opcoes=com))
    codigo = dados.draw(st.sampled_from([m.codigo_ibge for m in lista]), label="código")
    antes = next(m for m in memoria["municipios"] if m["codigo_ibge"] == codigo)

    subir = para_subir(memoria=memoria, codigo_ibge=codigo)

    for mudanca in (*subir.posicao, *subir.recurso):
        if not mudanca.valor_necessario:
            continue
        depois = com_alteracao(
            memoria=memoria,
            codigo_ibge=codigo,
            coluna=mudanca.coluna,
            valor=em_texto(mudanca.valor_necessario),
        ).depois
        assert (depois.ordem, depois.situacao, depois.valor_partilhado) == (
            mudanca.ordem,
            mudanca.situacao,
            mudanca.valor_partilhado,
        )
        if mudanca in subir.posicao:
            assert depois.ordem < antes["ordem"]
        else:
            assert depois.situacao == "contemplado"


@settings(max_examples=60, deadline=None)
@given(listas_de_municipios(minimo=4), opcoes_quaisquer, st.data())
def test_um_pouco_menos_do_que_o_valor_achado_nao_sobe(lista, com, dados):
    if not sum(m.populacao_vulneravel for m in lista):
        return
    memoria = montar_memoria(partilhar(municipios=lista, opcoes=com))
    codigo = dados.draw(st.sampled_from([m.codigo_ibge for m in lista]), label="código")
    antes = next(m for m in memoria["municipios"] if m["codigo_ibge"] == codigo)

    for mudanca in para_subir(memoria=memoria, codigo_ibge=codigo).posicao:
        if not mudanca.valor_necessario or mudanca.coluna != "populacao_vulneravel":
            continue
        quase = int(em_texto(mudanca.valor_necessario)) - 1
        depois = com_alteracao(memoria=memoria, codigo_ibge=codigo, coluna=mudanca.coluna, valor=str(quase)).depois
        assert depois.ordem == antes["ordem"]


@settings(max_examples=60, deadline=None)
@given(listas_de_municipios(minimo=4), opcoes_quaisquer, st.data())
def test_o_recorte_da_uf_promete_o_mesmo_que_a_memoria_inteira(lista, com, dados):
    if not sum(m.populacao_vulneravel for m in lista):
        return
    memoria = montar_memoria(partilhar(municipios=lista, opcoes=com))
    codigo = dados.draw(st.sampled_from([m.codigo_ibge for m in lista]), label="código")

    recorte = recortar(memoria=memoria, codigo_ibge=codigo)

    assert para_subir(memoria=recorte, codigo_ibge=codigo) == para_subir(memoria=memoria, codigo_ibge=codigo)


def test_a_escala_do_recorte_conta_os_municipios_de_outros_estados():
    memoria = memoria_de(
        {"rcl_per_capita": "500"},
        {"codigo_ibge": "3200002", "rcl_per_capita": "600"},
        {"codigo_ibge": "3500001", "uf": "SP", "rcl_per_capita": "100"},
        {"codigo_ibge": "3500002", "uf": "SP", "rcl_per_capita": "1100"},
    )
    recorte = recortar(memoria=memoria, codigo_ibge="3200002")

    receita = para_subir(memoria=recorte, codigo_ibge="3200002").posicao[1]

    # Empate em 500 vai ao menor código; um centavo a menos já passa à frente.
    assert (receita.valor_necessario, receita.ordem) == ("R$ 499,99", 1)


def test_o_recorte_nao_se_deixa_ler_como_a_memoria_inteira(dinheiro_para_um):
    caminho = Caminho.de(memoria=recortar(memoria=dinheiro_para_um, codigo_ibge="3200001"), codigo_ibge="3200001")

    with pytest.raises(ValueError, match="recorte de uma UF"):
        caminho.comparados(Indicador.RCL)
