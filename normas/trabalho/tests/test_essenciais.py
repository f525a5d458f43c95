"""As funções essenciais da gestão: as de cada esfera, ocupadas e vagas."""

from __future__ import annotations

from datetime import date

import pytest

from normas.trabalho.essenciais import EsferaDeGestao, funcoes_essenciais

EM = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("esfera", "quantas", "propria"),
    [
        (EsferaDeGestao.MUNICIPAL, 10, "Monitoramento e Controle da Rede Socioassistencial"),
        (EsferaDeGestao.ESTADUAL, 10, "Cooperação Técnica / Assessoria aos Municípios"),
        (EsferaDeGestao.DF, 9, "Gerenciamento do Fundo de Assistência Social do DF"),
        (EsferaDeGestao.FEDERAL, 11, "Coordenação de Gestão de Rendas e Benefícios"),
    ],
)
def test_cada_esfera_tem_as_suas_funcoes_com_o_nome_da_norma(esfera, quantas, propria):
    funcoes = funcoes_essenciais(esfera=esfera, em=EM, quem={})

    assert len(funcoes) == quantas
    assert propria in [funcao.nome for funcao in funcoes]
    assert all(funcao.vaga for funcao in funcoes)
    assert "Funções Essenciais da Gestão" in str(funcoes[0].fundamento)


def test_a_funcao_de_alguem_nao_esta_vaga_e_uma_pessoa_pode_ter_duas():
    quem = {"gestao_do_trabalho": ["ana"], "planejamento_e_orcamento": ["ana", "bia"], "coordenacao_psb": []}

    vagas = {f.codigo: f.vaga for f in funcoes_essenciais(esfera=EsferaDeGestao.MUNICIPAL, em=EM, quem=quem)}

    assert vagas["gestao_do_trabalho"] is vagas["planejamento_e_orcamento"] is False
    assert vagas["coordenacao_psb"] is True


def test_funcao_de_outra_esfera_e_recusada():
    with pytest.raises(ValueError, match="não tem estas funções essenciais: coordenacao_de_rendas"):
        funcoes_essenciais(esfera=EsferaDeGestao.MUNICIPAL, em=EM, quem={"coordenacao_de_rendas": ["ana"]})
