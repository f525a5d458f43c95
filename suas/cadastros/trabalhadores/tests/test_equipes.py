"""A equipe de referência diante do quadro: o que a conta usa, o que supõe, o que falta e o que mudaria."""

from __future__ import annotations

import pytest

from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.tests.fabricas import VITORIA, municipio
from suas.cadastros.trabalhadores.acoes import unidades
from suas.cadastros.trabalhadores.consultas import equipes, mudanca
from suas.cadastros.trabalhadores.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE, ator
from suas.nucleo.permissoes import papeis

pytestmark = pytest.mark.django_db
#: 15 mil habitantes: Pequeno I, cuja equipe de CRAS tem 2 pessoas de nível superior, 2 de nível médio e a coordenação.
PEQUENO = "3200102"


@pytest.fixture
def cras():
    municipio(PEQUENO, habitantes=15_000)
    return rede.unidade("CRAS do Pequeno", onde=PEQUENO, capacidade=2_500)


def lotar(unidade, funcao, profissao="nivel_medio", vinculo="estatutario", **campos):
    quem = fabricas.trabalhador(f"{funcao} do Exemplo", profissao=profissao)
    return fabricas.lotacao(quem, unidade=unidade, funcao=funcao, vinculo_de_trabalho=vinculo, **campos)


def test_a_equipe_vazia_do_cras_pequeno_falta_inteira_e_cada_numero_diz_por_que(cras):
    equipe = equipes.da_unidade(cras, hoje=HOJE)

    assert (equipe.necessarios, equipe.presentes, equipe.falta) == (5, 0, 5)
    assert equipe.calculo.numeros.supostos == ()
    assert all(linha.explicacao and linha.necessaria.fundamento for linha in equipe.quadro.linhas)


def test_conta_quem_esta_em_exercicio_uma_vez_e_os_efetivos_a_parte(cras):
    lotar(cras, "tecnico_superior", "assistente_social")
    lotar(cras, "tecnico_superior", "psicologo", vinculo="temporario")
    lotar(cras, "coordenador", "assistente_social", ate=HOJE)
    lotar(cras, "servicos_gerais", "sem_formacao")

    equipe = equipes.da_unidade(cras, hoje=HOJE)

    assert (equipe.presentes, equipe.efetivos, equipe.falta, equipe.lotados) == (2, 1, 3, 3)
    assert len(equipe.quadro.fora) == 1, "serviços gerais não é função da equipe do CRAS"


def test_o_que_o_cadastro_nao_diz_se_supoe_e_se_avisa():
    municipio(PEQUENO, habitantes=15_000)
    sem_capacidade = rede.unidade("CRAS", onde=PEQUENO)
    creas = rede.unidade("CREAS", onde=PEQUENO, tipo="creas", capacidade=80)
    abrigo = rede.unidade("Abrigo", onde=PEQUENO, tipo="acolhimento", capacidade=20)
    regional = rede.unidade("CREAS Regional", onde=PEQUENO, tipo="creas_regional", capacidade=80)

    supostos = {u.nome: equipes.da_unidade(u, hoje=HOJE).calculo for u in (sem_capacidade, creas, abrigo, regional)}

    assert "contaram-se 2.500" in supostos["CRAS"].numeros.supostos[0]
    assert "Gestão Plena" in supostos["CREAS"].numeros.supostos[0]
    assert supostos["CREAS"].equipe.total == 12
    assert len(supostos["Abrigo"].numeros.supostos) == 2, "a modalidade e os turnos"
    assert supostos["CREAS Regional"].numeros.supostos == (), "o serviço regional tem a sua coluna na norma"


def test_a_base_dita_pela_coordenacao_troca_a_conta_do_acolhimento():
    casa = rede.unidade("Casa-lar", tipo="acolhimento", capacidade=20)
    coordena = ator(papeis.COORDENACAO_UNIDADE, VITORIA, unidade=casa.pk)
    antes = equipes.da_unidade(casa, hoje=HOJE)

    unidades.definir_base(
        unidade=casa,
        numeros={"tabela": "pequenos_grupos", "turnos": 2, "com_demandas": 1, "equipamentos": 1},
        por=coordena,
        em=AGORA,
    )
    depois = equipes.da_unidade(casa, hoje=HOJE)

    # 20 acolhidos: 2 cuidadores e 2 auxiliares por turno, em 3 turnos; com 1 demanda específica, 3 e 3, em 2 turnos
    assert antes.necessarios == 1 + 2 * 3 + 2 * 3
    assert depois.necessarios == 1 + 3 * 2 + 3 * 2
    assert depois.calculo.numeros.supostos == ()


@pytest.mark.parametrize(
    ("campos", "diz"),
    [
        ({"tipo": "centro_pop"}, "não tem tabela de equipe para Centro POP"),
        ({"tipo": "acolhimento"}, "Falta a capacidade da unidade"),
        ({"tipo": "cras"}, "Falta a população do município"),
        ({"tipo": "creas", "capacidade": 0}, "não há equipe a calcular"),
    ],
)
def test_sem_conta_a_pagina_diz_por_que(campos, diz):
    equipe = equipes.da_unidade(rede.unidade("Unidade", **campos), hoje=HOJE)

    assert equipe.quadro is None
    assert diz in equipe.calculo.por_que_nao


def test_o_que_mudaria_ao_entrar_sair_e_crescer(cras):
    fica = lotar(cras, "tecnico_superior", "assistente_social")
    pedido = {"funcao": "tecnico_superior", "profissao": "psicologo", "vinculo": "temporario"}

    entra = mudanca.o_que_mudaria(cras, pedido=pedido, hoje=HOJE)
    sai = mudanca.o_que_mudaria(cras, pedido={"sai": str(fica.trabalhador_id)}, hoje=HOJE)
    cresce = mudanca.o_que_mudaria(cras, pedido={"capacidade": 5_000}, hoje=HOJE)

    assert entra.em_palavras == "A falta cai de 4 para 3."
    assert [(depois.presentes, depois.efetivos) for _, depois in entra.linhas] == [(1, 0)]
    assert sai.em_palavras == "A falta sobe de 4 para 5."
    assert cresce.antes.falta == 4
    assert cresce.depois.falta == 8, "a equipe técnica se repete e o coordenador é um só"
    assert cras.lotacoes.count() == 1, "nada se grava"


def test_o_resumo_do_estado_soma_as_unidades_e_ordena_pela_falta(cras):
    municipio(VITORIA, habitantes=365_000)
    rede.unidade("CRAS da Capital", capacidade=5_000)
    lotar(cras, "coordenador", "assistente_social")
    fabricas.lotacao(abrangencia=PEQUENO, orgao="orgao_gestor", funcao="outros", funcao_essencial="gestao_do_sistema")

    linhas = {linha.codigo: linha for linha in equipes.resumo_do_estado("32", hoje=HOJE)}

    assert list(linhas) == [VITORIA, PEQUENO]
    assert (linhas[PEQUENO].necessarios, linhas[PEQUENO].presentes, linhas[PEQUENO].falta) == (5, 1, 4)
    assert linhas[VITORIA].falta == 9
    assert linhas[VITORIA].vagas - linhas[PEQUENO].vagas == 1
    assert [linha.codigo for linha in equipes.resumo_do_estado("32", hoje=HOJE, ordem="nome")] == [PEQUENO, VITORIA]


@pytest.mark.parametrize(
    ("codigo", "quantas", "so_dela"),
    [
        ("3205309", 10, "Monitoramento e Controle da Rede"),
        ("32", 10, "Assessoria aos Municípios"),
        ("BR", 11, "Gestão de Rendas"),
    ],
)
def test_cada_esfera_tem_as_suas_funcoes_essenciais(codigo, quantas, so_dela):
    nomes = [nome for _, nome in equipes.nomes_das_essenciais(codigo, hoje=HOJE)]

    assert len(nomes) == quantas
    assert any(so_dela in nome for nome in nomes)


def test_a_funcao_essencial_ocupada_leva_a_quem_a_ocupa_e_a_de_quem_saiu_fica_vaga():
    municipio(VITORIA)
    quem = fabricas.lotacao(orgao="orgao_gestor", funcao="outros", funcao_essencial="gestao_do_trabalho")
    fabricas.lotacao(orgao="fundo", funcao="outros", funcao_essencial="gerenciamento_do_fundo", ate=HOJE)

    por_codigo = {funcao.codigo: funcao for funcao in equipes.essenciais(VITORIA, hoje=HOJE)}

    assert por_codigo["gestao_do_trabalho"].quem == (str(quem.pk),)
    assert por_codigo["gerenciamento_do_fundo"].vaga


def test_a_equipe_psicossocial_conta_quem_esta_no_orgao_gestor_com_o_acolhimento():
    municipio(VITORIA, habitantes=365_000)
    for nome in ("Abrigo Norte", "Abrigo Sul"):
        rede.unidade(nome, tipo="acolhimento", capacidade=15)
    fabricas.lotacao(orgao="orgao_gestor", servico="acolhimento")
    fabricas.lotacao(orgao="orgao_gestor", servico="gestao")

    psicossocial = equipes.psicossocial(equipes.do_lugar(VITORIA, hoje=HOJE), codigo=VITORIA, hoje=HOJE)

    assert (psicossocial.acolhidos, psicossocial.equipamentos) == (30, 2)
    assert psicossocial.quadro.equipe.total == 4, "2 assistentes sociais e 2 psicólogos para 30 acolhidos"
    assert psicossocial.quadro.presentes == 1
