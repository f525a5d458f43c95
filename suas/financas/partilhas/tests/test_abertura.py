"""Abrir, congelar, mudar opções, criar cenário, excluir rascunho."""

from __future__ import annotations

import pytest

from suas.cadastros.territorio.models import Municipio, Populacao
from suas.financas.partilhas.acoes import abertura, congelamento, insumos
from suas.financas.partilhas.consultas.entradas import faltas, origem
from suas.financas.partilhas.models import Estado, Partilha
from suas.financas.partilhas.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.consultas import atos_de
from suas.vigilancia.indicadores import acoes as indicadores

pytestmark = pytest.mark.django_db


def test_abrir_congela_populacao_e_indicadores_com_fonte_e_ano(federal, lugares):
    partilha = fabricas.partilha(por=federal)

    alfa = partilha.insumos.get(municipio_id="3200102")
    assert (alfa.populacao, alfa.rcl_per_capita, alfa.nivel_gestao) == ("10000", "1000.00", "plena")
    assert origem(partilha, alfa, "populacao").fonte == "Estimativa de teste"
    assert (origem(partilha, alfa, "rcl_per_capita").ano, origem(partilha, alfa, "rcl_per_capita").sintetico) == (
        2005,
        True,
    )
    assert partilha.sintetica
    assert partilha.faltas == 0
    assert atos_de(partilha).get().ato == "partilhas.abrir"


def test_o_que_muda_no_cadastro_depois_nao_muda_a_partilha(federal, lugares):
    partilha = fabricas.partilha(por=federal)

    Populacao.objects.filter(municipio_id="3200102").update(habitantes=99)

    assert partilha.insumos.get(municipio_id="3200102").populacao == "10000"


def test_so_entram_os_municipios_do_ambito_que_existiam_no_ano(federal, estadual, lugares):
    Municipio.objects.filter(pk="3200300").update(desde_ano=2006)

    partilha = fabricas.partilha(por=estadual, ambito="32")

    assert list(partilha.insumos.values_list("municipio_id", flat=True)) == ["3200102", "3200201", "3200409", "3200508"]


def test_vale_o_ano_mais_recente_ate_o_exercicio(federal, lugares):
    novos = [
        indicadores.NovoValor(indicador="rcl_per_capita", municipio="3200102", ano=ano, valor=valor)
        for ano, valor in ((2006, "1111.00"), (2007, "2222.00"))
    ]
    indicadores.gravar_valores(valores=novos, fonte="Outra", sintetico=False, por=federal, em=AGORA)

    partilha = fabricas.partilha(por=federal, exercicio=2006)

    alfa = partilha.insumos.get(municipio_id="3200102")
    assert alfa.rcl_per_capita == "1111.00"
    assert (origem(partilha, alfa, "rcl_per_capita").fonte, origem(partilha, alfa, "rcl_per_capita").ano) == (
        "Outra",
        2006,
    )


def test_sem_valor_ate_o_exercicio_vale_o_primeiro_ano_depois(federal, lugares):
    partilha = fabricas.partilha(por=federal, exercicio=2004)

    assert partilha.insumos.get(municipio_id="3200102").rcl_per_capita == "1000.00"
    assert partilha.simulacao_norma_nao_vigente


def test_dado_que_falta_e_contado_e_dito_por_municipio(federal):
    fabricas.territorio(por=federal, sem=[("3200102", "rcl_per_capita"), ("3200102", "cras_cofinanciados")])

    partilha = fabricas.partilha(por=federal)

    assert partilha.faltas == 2
    (falta,) = faltas(partilha)
    assert (falta.nome, falta.uf) == ("Alfa", "ES")
    assert (
        falta.em_palavras
        == "Receita corrente líquida por habitante: falta o valor; CRAS já cofinanciados: falta o valor"
    )


def test_congelar_de_novo_traz_o_indicador_novo_e_mantem_o_digitado(federal, lugares):
    partilha = fabricas.partilha(por=federal)
    alfa = partilha.insumos.get(municipio_id="3200102")
    correcao = insumos.Correcao(
        dado="rcl_per_capita", valor="1234.50", fonte="Ofício 3", ano=2005, motivo="balanço novo"
    )
    insumos.corrigir_insumo(insumo=alfa, correcao=correcao, por=federal, em=AGORA)
    novo = indicadores.NovoValor(indicador="fnas_psb_per_capita", municipio="3200102", ano=2006, valor="11.00")
    indicadores.gravar_valores(valores=[novo], fonte="Outra", sintetico=False, por=federal, em=AGORA)

    partilha = congelamento.congelar_insumos(partilha=partilha, por=federal, em=AGORA)

    alfa = partilha.insumos.get(municipio_id="3200102")
    assert (alfa.rcl_per_capita, alfa.fnas_psb_per_capita) == ("1234.50", "11.00")
    assert origem(partilha, alfa, "rcl_per_capita").motivo == "balanço novo"


def test_abrir_sem_municipios_no_ano_e_recusado_em_palavras(federal):
    with pytest.raises(AtoRecusado, match="Não há municípios de Brasil em 2005"):
        fabricas.partilha(por=federal)

    assert not Partilha.objects.exists()


def test_recurso_zero_e_recusado_com_o_valor(federal, lugares):
    with pytest.raises(AtoRecusado, match="R\\$ 0,00"):
        fabricas.partilha(por=federal, recurso_centavos=0)


def test_mudar_o_ano_da_populacao_congela_de_novo(federal, lugares):
    partilha = fabricas.partilha(por=federal)
    Populacao.objects.create(municipio_id="3200102", ano=2007, habitantes=30000, tipo="estimativa", fonte="Outra")

    abertura.mudar_opcoes(partilha=partilha, escolhas=fabricas.escolhas(ano_populacao=2007), por=federal, em=AGORA)

    assert partilha.insumos.get(municipio_id="3200102").populacao == "30000"


def test_mudar_opcoes_deixa_as_cotas_desatualizadas_e_nao_mudar_nada_nao(federal, lugares):
    partilha = fabricas.simulada(por=federal)

    igual = abertura.mudar_opcoes(partilha=partilha, escolhas=fabricas.escolhas(), por=federal, em=AGORA)
    assert not igual.desatualizada

    outra = abertura.mudar_opcoes(
        partilha=partilha, escolhas=fabricas.escolhas(pbf_centavos=240), por=federal, em=AGORA
    )
    assert outra.desatualizada


def test_cenario_copia_insumos_e_indicadores_e_nao_toca_na_original(federal, lugares):
    base = fabricas.simulada(por=federal)
    sha = base.sha256

    cenario = abertura.criar_cenario(
        partilha=base, escolhas=fabricas.escolhas(nome="Cenário", criterio_porte="populacao"), por=federal, em=AGORA
    )

    assert cenario.cenario_de == base
    assert cenario.estado == Estado.RASCUNHO
    colunas = ("municipio_id", "rcl_per_capita", "origens")
    assert list(cenario.insumos.values_list(*colunas)) == list(base.insumos.values_list(*colunas))
    assert cenario.complementares.count() == base.complementares.count() == 65
    assert Partilha.objects.get(pk=base.pk).sha256 == sha


def test_excluir_so_rascunho_sem_cenarios(federal, lugares):
    rascunho, simulada = fabricas.partilha(por=federal), fabricas.simulada(por=federal)
    abertura.criar_cenario(partilha=rascunho, escolhas=fabricas.escolhas(nome="Filho"), por=federal, em=AGORA)

    with pytest.raises(AtoRecusado, match="já foi simulada"):
        abertura.excluir_rascunho(partilha=simulada, por=federal, em=AGORA)
    with pytest.raises(AtoRecusado, match="Apague primeiro os cenários"):
        abertura.excluir_rascunho(partilha=rascunho, por=federal, em=AGORA)
    abertura.excluir_rascunho(partilha=rascunho.cenarios.get(), por=federal, em=AGORA)
    abertura.excluir_rascunho(partilha=rascunho, por=federal, em=AGORA)

    assert list(Partilha.objects.all()) == [simulada]
