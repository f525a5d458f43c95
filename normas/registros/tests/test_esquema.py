"""O JSON Schema aceita o que se preenche inteiro, e o que ele aceita não falta nem deixa de ser número."""

from __future__ import annotations

from itertools import cycle

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normas.registros.conferencia import conferir
from normas.registros.esquema import esquema
from normas.registros.leitura import codigos
from normas.registros.preenchimento import MAIOR_NUMERO, ler_objeto
from normas.registros.tests.fabricas import JANEIRO, tudo_em_zero, versao_de

VALIDADORES = {codigo: jsonschema_rs.validator_for(esquema(versao_de(codigo))) for codigo in codigos()}
NUMEROS = st.integers(0, MAIOR_NUMERO)


def inteiro(codigo, sortear):
    """Um formulário com todo item e todo quadrinho, na forma canônica."""
    dados = {}
    for item in versao_de(codigo).itens.values():
        if item.desdobramento is None:
            dados[item.codigo] = sortear()
        elif len(item.desdobramento.faixas) == 1:
            dados[item.codigo] = {sexo: sortear() for sexo in item.desdobramento.sexos}
        else:
            faixas = [faixa.nome for faixa in item.desdobramento.faixas]
            dados[item.codigo] = {s: {faixa: sortear() for faixa in faixas} for s in item.desdobramento.sexos}
    return dados


def do_preenchimento(codigo, dados):
    versao = versao_de(codigo)
    achadas = conferir(versao=versao, competencia=JANEIRO, preenchimento=ler_objeto(dados, versao=versao))
    return [achada for achada in achadas if achada.regra == versao.regra_de_preenchimento.codigo]


@given(st.sampled_from(codigos()), st.data())
def test_o_que_o_esquema_aceita_a_conferencia_le_sem_falta(codigo, dados):
    sorteados = cycle(dados.draw(st.lists(NUMEROS, min_size=7, max_size=13)))
    escrito = inteiro(codigo, lambda: next(sorteados))

    assert VALIDADORES[codigo].is_valid(escrito)
    assert do_preenchimento(codigo, escrito) == []


@given(st.sampled_from(codigos()), st.data())
def test_o_que_falta_ou_nao_e_numero_os_dois_recusam(codigo, dados):
    escrito = tudo_em_zero(versao_de(codigo))
    item = dados.draw(st.sampled_from(sorted(escrito)))
    escrito[item] = dados.draw(st.sampled_from([-1, 1.5, "3", True, None, MAIOR_NUMERO + 1, [], {"x": 1}]))

    assert not VALIDADORES[codigo].is_valid(escrito)
    assert do_preenchimento(codigo, escrito)


@pytest.mark.parametrize("codigo", codigos())
def test_o_zero_serve_por_todos_os_quadrinhos_e_o_item_local_pode_vir(codigo):
    assert VALIDADORES[codigo].is_valid(tudo_em_zero(versao_de(codigo)) | {"B.99": 3})


@pytest.mark.parametrize(("codigo", "bloco"), [("RMA-CREAS", "III"), ("RMA-CREAS", "IV"), ("RMA-POP", "II")])
def test_o_bloco_que_nao_se_oferta_fica_em_branco_e_o_outro_inteiro(codigo, bloco):
    versao = versao_de(codigo)
    itens = next(b.itens for b in versao.blocos if b.codigo == bloco)
    sem = {item: 0 for item in versao.itens if item not in itens}

    assert not VALIDADORES[codigo].is_valid(sem)
    assert VALIDADORES[codigo].is_valid(sem | {"nao_oferta": [bloco]})
    assert not VALIDADORES[codigo].is_valid(sem | {"nao_oferta": [bloco], itens[0]: 0})
    assert not VALIDADORES[codigo].is_valid(sem | {"nao_oferta": [bloco, "I"]})
    assert do_preenchimento(codigo, sem | {"nao_oferta": [bloco]}) == []
    assert do_preenchimento(codigo, sem | {"nao_oferta": [bloco], itens[0]: 1})


def test_o_cras_nao_tem_bloco_que_se_deixe_em_branco():
    dados = esquema(versao_de("RMA-CRAS"))

    assert "nao_oferta" not in dados["properties"] and "allOf" not in dados
    assert dados["title"] == "RMA-CRAS, versão 2017"
    assert dados["properties"]["A.1"]["title"] == "Total de famílias em acompanhamento pelo PAIF"
    assert len(dados["required"]) == 25
