"""O quadro presente diante da equipe: quem conta, o que falta, o que mudaria."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normas.territorio.porte import Porte
from normas.trabalho.equipes import GestaoDoCreas, equipe_de_ilpi, equipe_do_cras, equipe_do_creas
from normas.trabalho.funcoes import EscolaridadePedida, FuncaoDeReferencia
from normas.trabalho.quadro import MENOR_ESCOLARIDADE, PERFIS, montar_quadro, o_que_mudaria
from normas.trabalho.trabalhador import (
    PROFISSOES,
    Escolaridade,
    FuncaoNaUnidade,
    TipoDeVinculo,
    TrabalhadorPresente,
)

EM = date(2026, 11, 22)
CRAS = equipe_do_cras(porte=Porte.PEQUENO_I, familias=2500, em=EM)
CRAS_MEDIO = equipe_do_cras(porte=Porte.MEDIO, familias=5000, em=EM)
CREAS = equipe_do_creas(gestao=GestaoDoCreas.BASICA, capacidade=50, em=EM)
ILPI = equipe_de_ilpi(em=EM)


def pessoa(chave, funcao="tecnico_superior", profissao=None, escolaridade=None, vinculo="estatutario"):
    return TrabalhadorPresente(
        chave=chave,
        funcao=FuncaoNaUnidade(funcao),
        profissao=profissao,
        escolaridade=Escolaridade(escolaridade) if escolaridade else None,
        vinculo=TipoDeVinculo(vinculo),
    )


def assistente(chave, **mais):
    return pessoa(chave, profissao="assistente_social", **mais)


def psicologo(chave, **mais):
    return pessoa(chave, profissao="psicologo", **mais)


def presentes(quadro):
    return {str(linha.necessaria.funcao): [p.chave for p in linha.quem] for linha in quadro.linhas if linha.quem}


def test_quadro_completo_nao_tem_falta():
    equipe = [
        pessoa("coordenadora", "coordenador", "assistente_social"),
        assistente("ana"),
        psicologo("bia"),
        pessoa("caio", "tecnico_medio"),
        pessoa("davi", "educador_social"),
    ]

    quadro = montar_quadro(equipe=CRAS, presentes=equipe)

    assert (quadro.falta, quadro.presentes, quadro.efetivos) == (0, 5, 5)
    assert quadro.fora == ()
    assert quadro.linhas[0].explicacao == (
        "A norma pede 1, seja qual for o número de atendidos. Presentes: 1, dos quais efetivos: 1."
    )


def test_unidade_vazia_falta_tudo():
    quadro = montar_quadro(equipe=CRAS, presentes=[])

    assert quadro.falta == CRAS.total
    assert [linha.falta for linha in quadro.linhas] == [1, 1, 1, 2]


def test_efetivos_se_contam_a_parte():
    linha = montar_quadro(equipe=CRAS, presentes=[assistente("ana", vinculo="temporario")]).linhas[1]

    assert (linha.presentes, linha.efetivos, linha.falta, linha.faltam_efetivos) == (1, 0, 0, 1)


@pytest.mark.parametrize(
    ("vinculo", "efetivo"), [(v, v in {"estatutario", "empregado_publico"}) for v in TipoDeVinculo]
)
def test_so_quem_entrou_por_concurso_e_efetivo(vinculo, efetivo):
    assert vinculo.efetivo == efetivo


def test_onde_o_psicologo_e_preferido_outra_profissao_tambem_conta():
    quadro = montar_quadro(equipe=CRAS, presentes=[assistente("ana"), pessoa("eva", profissao="pedagogo")])

    assert presentes(quadro) == {"assistente_social": ["ana"], "psicologo": ["eva"]}
    assert "outra de nível superior também conta" in quadro.linhas[2].explicacao


def test_onde_o_psicologo_e_exigido_outra_profissao_vai_para_a_vaga_aberta():
    quadro = montar_quadro(equipe=CRAS_MEDIO, presentes=[pessoa("eva", profissao="pedagogo")])

    assert presentes(quadro) == {"profissional_suas": ["eva"]}


def test_o_preferido_nao_perde_o_lugar_para_quem_tambem_serviria():
    quadro = montar_quadro(equipe=CRAS, presentes=[assistente("ana"), assistente("bel"), psicologo("zeca")])

    assert presentes(quadro) == {"assistente_social": ["ana", "bel"], "psicologo": ["zeca"]}
    assert [linha.falta for linha in quadro.linhas] == [1, 0, 0, 2]


def test_quem_coordena_conta_uma_vez_so_e_pela_funcao_que_exerce():
    quadro = montar_quadro(equipe=CRAS, presentes=[pessoa("ana", "coordenador", "assistente_social")])

    assert presentes(quadro) == {"coordenador": ["ana"]}


def test_duas_lotacoes_da_mesma_pessoa_contam_uma():
    quadro = montar_quadro(equipe=CRAS, presentes=[assistente("ana"), pessoa("ana", "coordenador")])

    assert presentes(quadro) == {"assistente_social": ["ana"]}


def test_tecnico_que_sobra_no_creas_serve_a_abordagem():
    quadro = montar_quadro(equipe=CREAS, presentes=[assistente("ana"), assistente("bel")])

    assert presentes(quadro) == {"assistente_social": ["ana"], "abordagem": ["bel"]}


def test_quem_passa_do_pedido_fica_na_sua_funcao():
    equipe = [assistente(chave) for chave in "abcdef"]

    quadro = montar_quadro(equipe=CREAS, presentes=equipe)

    assert presentes(quadro) == {"assistente_social": ["a", "d", "e", "f"], "abordagem": ["b", "c"]}
    assert quadro.linhas[1].falta == 0


def test_escolaridade_menor_que_a_pedida_nao_conta_e_diz_por_que():
    quadro = montar_quadro(equipe=CRAS, presentes=[pessoa("ana", "coordenador", escolaridade="medio_completo")])

    ((_, motivo),) = quadro.fora
    assert motivo == "A função pede nível superior, e o cadastro diz “Ensino médio completo”. Confira o cadastro."
    assert quadro.linhas[0].falta == 1


def test_coordenacao_sem_concurso_conta_e_a_explicacao_o_diz():
    linha = montar_quadro(equipe=CRAS, presentes=[pessoa("ana", "coordenador", vinculo="comissionado")]).linhas[0]

    assert (linha.presentes, linha.falta) == (1, 0)
    assert linha.explicacao.endswith("O perfil da norma é de pessoa concursada.")


@pytest.mark.parametrize(
    ("fora", "motivo"),
    [
        (pessoa("x", "estagiario"), "Estágio não conta"),
        (assistente("x", vinculo="voluntario"), "Trabalho voluntário não conta"),
        (pessoa("x", "cuidador"), "não tem a função “Cuidador(a)”"),
        (pessoa("x"), "Falta a profissão no cadastro"),
        (pessoa("x", profissao="medico"), "As profissões que a norma pede nesta unidade são outras."),
    ],
)
def test_quem_nao_conta_fica_a_parte_com_o_motivo(fora, motivo):
    # Com todos os lugares abertos do CREAS preenchidos, só as profissões exigidas ainda contam.
    sem_abordagem = [linha for linha in CREAS.funcoes if linha.funcao is not FuncaoDeReferencia.ABORDAGEM]
    equipe = type(CREAS)(nome="", funcoes=tuple(sem_abordagem), avisos=(), fundamento=CREAS.fundamento)

    quadro = montar_quadro(equipe=equipe, presentes=[fora])

    assert motivo in quadro.fora[0][1]
    assert quadro.presentes == 0


def test_servicos_gerais_ocupam_limpeza_alimentacao_e_lavanderia_um_em_cada():
    quadro = montar_quadro(equipe=ILPI, presentes=[pessoa(chave, "servicos_gerais") for chave in "abcd"])

    assert presentes(quadro) == {"limpeza": ["a", "d"], "alimentacao": ["b"], "lavanderia": ["c"]}


def test_o_que_mudaria_se_alguem_entrasse_e_outro_saisse():
    hoje = [assistente("ana"), pessoa("caio", "tecnico_medio")]

    entra = o_que_mudaria(equipe=CRAS, presentes=hoje, entram=[psicologo("bia")])
    sai = o_que_mudaria(equipe=CRAS, presentes=hoje, saem=["ana"])
    troca = o_que_mudaria(equipe=CRAS, presentes=hoje, entram=[assistente("bel")], saem=["ana"])

    assert entra.em_palavras == "A falta cai de 3 para 2."
    assert [depois.necessaria.funcao for _, depois in entra.linhas] == [FuncaoDeReferencia.PSICOLOGO]
    assert sai.em_palavras == "A falta sobe de 3 para 4."
    assert troca.em_palavras == "A falta não muda: continua em 3."
    assert troca.linhas == ()


def test_toda_funcao_e_toda_escolaridade_pedida_tem_quem_conte():
    assert set(PERFIS) == set(FuncaoDeReferencia)
    assert set(MENOR_ESCOLARIDADE) == set(EscolaridadePedida)
    assert {perfil.profissao for perfil in PERFIS.values()} - {None} <= set(PROFISSOES)


@pytest.mark.parametrize("enumerado", [Escolaridade, FuncaoNaUnidade, TipoDeVinculo, FuncaoDeReferencia])
def test_todo_valor_tem_nome_para_a_tela(enumerado):
    nomes = [valor.nome for valor in enumerado]

    assert len(set(nomes)) == len(list(enumerado))


pessoas = st.lists(
    st.builds(
        pessoa,
        st.sampled_from("abcdefgh"),
        st.sampled_from(FuncaoNaUnidade),
        st.sampled_from(["assistente_social", "psicologo", "advogado", "pedagogo", None]),
        st.sampled_from([None, "fundamental_completo", "medio_completo", "superior_completo"]),
        st.sampled_from(["estatutario", "temporario", "voluntario"]),
    ),
    max_size=8,
    unique_by=lambda p: p.chave,
)


def _menor_falta(vagas, livres):
    """A menor falta possível, experimentando todas as maneiras de ocupar as vagas."""
    if not vagas:
        return 0
    (primeira, *demais) = vagas
    vazia = 1 + _menor_falta(demais, livres)
    ocupadas = [_menor_falta(demais, livres - {p}) for p in livres if primeira(p)]
    return min([vazia, *ocupadas])


def _serve(linha):
    perfil = PERFIS[linha.funcao]
    profissao = None if linha.preferencial else perfil.profissao
    menor = MENOR_ESCOLARIDADE[linha.escolaridade]
    return lambda p: (
        p.funcao in perfil.funcoes
        and (profissao is None or p.profissao == profissao)
        and (p.escolaridade is None or p.escolaridade.alcanca(menor))
        and p.vinculo is not TipoDeVinculo.VOLUNTARIO
    )


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([CRAS, CREAS]), pessoas)
def test_nenhuma_arrumacao_das_pessoas_deixaria_falta_menor(equipe, quem):
    vagas = [_serve(linha) for linha in equipe.funcoes for _ in range(linha.quantidade)]

    assert montar_quadro(equipe=equipe, presentes=quem).falta == _menor_falta(vagas, frozenset(quem))


@given(st.sampled_from([CRAS, CRAS_MEDIO, CREAS, ILPI]), pessoas)
def test_cada_pessoa_aparece_uma_vez_e_so_uma(equipe, quem):
    quadro = montar_quadro(equipe=equipe, presentes=quem)

    contadas = [p.chave for linha in quadro.linhas for p in linha.quem] + [p.chave for p, _ in quadro.fora]
    assert sorted(contadas) == sorted(p.chave for p in quem)
    assert all(motivo for _, motivo in quadro.fora)


@given(st.sampled_from([CRAS, CRAS_MEDIO, CREAS, ILPI]), pessoas)
def test_quem_entra_nunca_aumenta_a_falta(equipe, quem):
    mudanca = o_que_mudaria(equipe=equipe, presentes=quem[1:], entram=quem[:1])

    assert mudanca.antes.falta - 1 <= mudanca.depois.falta <= mudanca.antes.falta
