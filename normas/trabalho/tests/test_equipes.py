"""As equipes de referência: os casos contados à mão, as bordas e o que se recusa."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from normas.parametros.leitura import ParametroForaDeVigencia
from normas.territorio.porte import Porte
from normas.trabalho.equipes import (
    MAIOR_NUMERO,
    GestaoDoCreas,
    NumeroRecusado,
    equipe_de_familia_acolhedora,
    equipe_de_ilpi,
    equipe_de_pequenos_grupos,
    equipe_de_republica,
    equipe_do_cras,
    equipe_do_creas,
    equipe_psicossocial,
)
from normas.trabalho.funcoes import FuncaoDeReferencia as Funcao

EM = date(2026, 11, 22)
CASOS = sorted((Path(__file__).parent.parent / "casos").glob("*.yaml"))
TABELAS = {
    "cras": equipe_do_cras,
    "creas": equipe_do_creas,
    "abrigo": equipe_de_pequenos_grupos,
    "psicossocial": equipe_psicossocial,
    "familia_acolhedora": equipe_de_familia_acolhedora,
    "republica": equipe_de_republica,
    "ilpi": equipe_de_ilpi,
}
ENUMERADOS = {"porte": Porte, "gestao": GestaoDoCreas}


def quantidades(equipe):
    return {str(linha.funcao): linha.quantidade for linha in equipe.funcoes}


def test_ha_caso_de_toda_tabela_da_norma():
    contadas = {yaml.safe_load(caso.read_text(encoding="utf-8"))["equipe"] for caso in CASOS}

    assert contadas == set(TABELAS)


@pytest.mark.parametrize("arquivo", CASOS, ids=lambda arquivo: arquivo.stem)
def test_o_caso_da_a_equipe_que_a_conta_a_mao_deu(arquivo):
    caso = yaml.safe_load(arquivo.read_text(encoding="utf-8"))
    entrada = {
        nome: ENUMERADOS[nome](valor) if nome in ENUMERADOS else valor for nome, valor in caso["entrada"].items()
    }

    equipe = TABELAS[caso["equipe"]](**entrada, em=EM)

    assert quantidades(equipe) == caso["funcoes"]
    assert equipe.total == caso["total"]
    assert caso.get("aviso", "") in " ".join(equipe.avisos)
    assert bool(equipe.avisos) == ("aviso" in caso)
    for linha in equipe.funcoes:
        if linha.funcao in caso.get("por_turno", {}):
            assert linha.por_turno == caso["por_turno"][linha.funcao]


def test_toda_linha_diz_a_razao_a_escolaridade_e_o_item_da_norma():
    equipe = equipe_de_pequenos_grupos(acolhidos=20, com_demandas=1, turnos=3, equipamentos=2, em=EM)

    coordenador, cuidador, auxiliar = equipe.funcoes
    assert coordenador.razao == (
        "Para 20 usuários acolhidos, 1 a cada 20 ou parte; para 2 equipamentos, 1 a cada 2 ou parte, "
        "e vale o que pede mais: 1."
    )
    assert cuidador.razao == (
        "Para 20 usuários acolhidos, 1 a cada 8 ou parte, porque há 1 com demandas específicas; 3 por turno, "
        "em 3 turnos: 9."
    )
    assert coordenador.escolaridade.nome == "nível superior ou médio"
    assert cuidador.escolaridade.nome == "nível médio e qualificação específica"
    assert auxiliar.escolaridade.nome == "nível fundamental e qualificação específica"
    assert "item IV, Alta Complexidade, 1" in str(cuidador.fundamento)
    assert coordenador.por_turno is None


@pytest.mark.parametrize("porte", Porte)
def test_o_coordenador_do_cras_e_um_de_nivel_superior_e_concursado_em_todo_porte(porte):
    coordenador = equipe_do_cras(porte=porte, familias=20_000, em=EM).funcoes[0]

    assert (coordenador.funcao, coordenador.quantidade) == (Funcao.COORDENADOR, 1)
    assert coordenador.escolaridade.nome == "nível superior"
    assert coordenador.exige_concurso


@pytest.mark.parametrize(("porte", "preferencial"), [(p, p in {Porte.PEQUENO_I, Porte.PEQUENO_II}) for p in Porte])
def test_o_psicologo_e_so_preferido_nos_portes_pequenos(porte, preferencial):
    equipe = equipe_do_cras(porte=porte, familias=1, em=EM)

    assert [linha.preferencial for linha in equipe.funcoes if linha.funcao is Funcao.PSICOLOGO] == [preferencial]


def test_a_tabela_do_creas_nao_diz_a_escolaridade_do_coordenador():
    coordenador = equipe_do_creas(gestao=GestaoDoCreas.PLENA, capacidade=10, em=EM).funcoes[0]

    assert coordenador.escolaridade.nome == "escolaridade não dita na norma"


def test_familia_acolhedora_sem_as_familias_conta_uma_por_acolhido_e_avisa():
    equipe = equipe_de_familia_acolhedora(acolhidos=16, em=EM)

    assert quantidades(equipe) == {"coordenador": 1, "assistente_social": 2, "psicologo": 2}
    assert [aviso.partition(":")[0] for aviso in equipe.avisos] == [
        "Não foi dito o número de famílias acolhedoras",
        "Não foi dito o número de famílias de origem",
    ]


@pytest.mark.parametrize(
    ("calcular", "campo", "frase"),
    [
        (lambda: equipe_do_cras(porte=Porte.MEDIO, familias=0, em=EM), "familias", "Com 0 famílias referenciadas"),
        (lambda: equipe_do_cras(porte=Porte.MEDIO, familias=-5, em=EM), "familias", "Com -5 famílias referenciadas"),
        (
            lambda: equipe_do_cras(porte=Porte.MEDIO, familias=MAIOR_NUMERO + 1, em=EM),
            "familias",
            "1.000.000 famílias referenciadas é mais do que cabe numa unidade",
        ),
        (lambda: equipe_do_creas(gestao=GestaoDoCreas.BASICA, capacidade=0, em=EM), "pessoas", "Com 0 pessoas"),
        (
            lambda: equipe_de_pequenos_grupos(acolhidos=5, com_demandas=6, turnos=3, em=EM),
            "com_demandas",
            "Os usuários com demandas específicas (6) vão de 0 ao total de acolhidos (5).",
        ),
        (lambda: equipe_de_pequenos_grupos(acolhidos=5, com_demandas=-1, turnos=3, em=EM), "com_demandas", "(-1)"),
        (lambda: equipe_de_pequenos_grupos(acolhidos=5, turnos=0, em=EM), "turnos", "são de 1 a 6"),
        (lambda: equipe_de_pequenos_grupos(acolhidos=5, turnos=7, em=EM), "turnos", "7 não serve"),
        (lambda: equipe_psicossocial(acolhidos=5, equipamentos=0, em=EM), "equipamentos", "Com 0 equipamentos"),
        (lambda: equipe_de_republica(acolhidos=0, em=EM), "acolhidos", "Com 0 usuários acolhidos"),
        (
            lambda: equipe_de_familia_acolhedora(acolhidos=5, familias_de_origem=0, em=EM),
            "familias_de_origem",
            "Com 0 famílias de origem",
        ),
    ],
)
def test_numero_impossivel_e_recusado_em_palavras_com_o_campo(calcular, campo, frase):
    with pytest.raises(NumeroRecusado) as recusa:
        calcular()

    assert recusa.value.campo == campo
    assert frase in str(recusa.value)


@pytest.mark.parametrize("turnos", [1, 6])
def test_os_turnos_do_menor_ao_maior_servem(turnos):
    equipe = equipe_de_pequenos_grupos(acolhidos=10, turnos=turnos, em=EM)

    assert quantidades(equipe)["cuidador"] == turnos


def test_a_maior_unidade_que_se_aceita():
    assert equipe_do_cras(porte=Porte.MEDIO, familias=MAIOR_NUMERO, em=EM).total == 200 * 8 + 1


def test_antes_da_norma_nao_ha_equipe():
    with pytest.raises(ParametroForaDeVigencia):
        equipe_de_ilpi(em=date(2006, 12, 25))


@given(st.sampled_from(Porte), st.integers(1, 60_000))
def test_mais_uma_familia_nunca_diminui_a_equipe_do_cras(porte, familias):
    antes = equipe_do_cras(porte=porte, familias=familias, em=EM)
    depois = equipe_do_cras(porte=porte, familias=familias + 1, em=EM)

    assert all(a.quantidade <= d.quantidade for a, d in zip(antes.funcoes, depois.funcoes, strict=True))


@given(st.integers(1, 300), st.data(), st.integers(1, 6))
def test_em_todo_turno_ha_um_cuidador_para_cada_grupo_da_norma(acolhidos, dados, turnos):
    com_demandas = dados.draw(st.integers(0, acolhidos))
    equipe = equipe_de_pequenos_grupos(acolhidos=acolhidos, com_demandas=com_demandas, turnos=turnos, em=EM)

    razao = {0: 10, 1: 8}.get(com_demandas, 6)
    for linha in equipe.funcoes[1:]:
        assert (linha.por_turno - 1) * razao < acolhidos <= linha.por_turno * razao
        assert linha.quantidade == linha.por_turno * turnos
