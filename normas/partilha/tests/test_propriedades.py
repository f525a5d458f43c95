"""O que vale em qualquer partilha: soma exata, ordem indiferente, necessidade, repetição."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from normas.partilha.calculo import PartilhaRecusada, Situacao, partilhar
from normas.partilha.memoria import canonica, montar_memoria
from normas.partilha.tests.estrategias import decimais, listas_de_municipios, opcoes_quaisquer


def calcular(municipios, opcoes):
    try:
        return partilhar(municipios=municipios, opcoes=opcoes)
    except PartilhaRecusada:
        assert sum(m.populacao_vulneravel for m in municipios) == 0
        return None


@settings(max_examples=150, deadline=None)
@given(listas_de_municipios(), opcoes_quaisquer)
def test_pago_mais_saldo_e_o_recurso_e_nenhum_estado_recebe_do_outro(municipios, opcoes):
    resultado = calcular(municipios, opcoes)
    if resultado is None:
        return

    assert resultado.pago_centavos + resultado.saldo_centavos == opcoes.recurso_centavos
    assert sum(grupo.passo2 for grupo in resultado.grupos) == opcoes.recurso_centavos
    for uf in {m.uf for m in municipios}:
        do_estado = [grupo for grupo in resultado.grupos if grupo.uf == uf]
        pago = sum(c.valor_partilhado for c in resultado.cotas if c.municipio.uf == uf)
        assert sum(g.passo2 for g in do_estado) == pago + sum(g.saldo for g in do_estado)
        assert sum(g.recebido for g in do_estado) == sum(g.cedido for g in do_estado)


@settings(max_examples=80, deadline=None)
@given(listas_de_municipios(), opcoes_quaisquer, st.randoms())
def test_a_ordem_da_entrada_nao_muda_nada(municipios, opcoes, sorte):
    resultado = calcular(municipios, opcoes)
    if resultado is None:
        return
    embaralhados = list(municipios)
    sorte.shuffle(embaralhados)

    outro = partilhar(municipios=embaralhados, opcoes=opcoes)

    assert canonica(montar_memoria(outro)) == canonica(montar_memoria(resultado))


@settings(max_examples=120, deadline=None)
@given(listas_de_municipios(), opcoes_quaisquer)
def test_a_ordem_respeita_o_indice_e_so_o_elegivel_recebe(municipios, opcoes):
    resultado = calcular(municipios, opcoes)
    if resultado is None:
        return
    grupos = {}
    for cota in resultado.cotas:
        grupos.setdefault((cota.municipio.uf, cota.porte), []).append(cota)

    for cotas in grupos.values():
        em_ordem = sorted(cotas, key=lambda cota: cota.prioridade.ordem)
        assert [c.prioridade.ordem for c in em_ordem] == list(range(1, len(cotas) + 1))
        chaves = [(c.prioridade.indice, -c.municipio.populacao_vulneravel, c.municipio.codigo_ibge) for c in em_ordem]
        assert chaves == sorted(chaves)
        for cota in cotas:
            assert 0 <= cota.prioridade.indice <= 5
            assert cota.valor_partilhado in (0, cota.valor_minimo)
            recebeu = cota.valor_partilhado > 0
            assert recebeu == (cota.situacao is Situacao.CONTEMPLADO)
            assert not recebeu or cota.municipio.elegivel


@settings(max_examples=120, deadline=None)
@given(listas_de_municipios(minimo=2), opcoes_quaisquer, st.data())
def test_mais_necessidade_nunca_vem_depois_entre_iguais(municipios, opcoes, dados):
    modelo = municipios[0]
    pior = replace(
        modelo,
        codigo_ibge=f"{modelo.codigo_ibge[:2]}90000",
        populacao_vulneravel=dados.draw(st.integers(modelo.populacao_vulneravel, modelo.populacao), label="vulnerável"),
        rcl_per_capita=dados.draw(decimais.filter(lambda v: v <= modelo.rcl_per_capita), label="receita"),
    )
    resultado = calcular([*municipios, pior], opcoes)
    if resultado is None:
        return

    cotas = {cota.municipio.codigo_ibge: cota for cota in resultado.cotas}
    mais, menos = cotas[pior.codigo_ibge].prioridade, cotas[modelo.codigo_ibge].prioridade
    difere = (pior.populacao_vulneravel, pior.rcl_per_capita) != (
        modelo.populacao_vulneravel,
        modelo.rcl_per_capita,
    )
    assert mais.indice <= menos.indice
    assert (mais.ordem < menos.ordem) == difere


@settings(max_examples=80, deadline=None)
@given(listas_de_municipios(minimo=2), opcoes_quaisquer, st.data())
def test_piorar_um_dado_nunca_baixa_a_posicao(municipios, opcoes, dados):
    antes = calcular(municipios, opcoes)
    if antes is None:
        return
    escolhido = municipios[0]
    pior = replace(
        escolhido,
        fnas_psb_per_capita=dados.draw(decimais.filter(lambda v: v <= escolhido.fnas_psb_per_capita), label="fnas"),
    )

    depois = calcular([pior, *municipios[1:]], opcoes)

    ordens = [
        next(cota.prioridade.ordem for cota in resultado.cotas if cota.municipio.codigo_ibge == escolhido.codigo_ibge)
        for resultado in (antes, depois)
    ]
    assert ordens[1] <= ordens[0]


@settings(max_examples=40, deadline=None)
@given(listas_de_municipios(), opcoes_quaisquer)
def test_repetir_da_o_mesmo(municipios, opcoes):
    if calcular(municipios, opcoes) is None:
        return

    primeira, segunda = (canonica(montar_memoria(partilhar(municipios=municipios, opcoes=opcoes))) for _ in range(2))

    assert primeira == segunda
