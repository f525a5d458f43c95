"""Os blocos como dado, a conferência das respostas e o que delas se calcula e se diz."""

from __future__ import annotations

from datetime import date

import pytest

from normas.prontuario import contas, palavras
from normas.prontuario.conferencia import conferir
from normas.prontuario.leitura import FichaDesconhecida, ficha, prontuario
from normas.prontuario.modelo import Tipo

HOJE = date(2026, 5, 20)
ALBA, CAIO = "alba", "caio"
NOMES = {ALBA: "Alba do Exemplo", CAIO: "Caio do Exemplo"}


def faltas(codigo, respostas, **mais):
    return [
        (f.quadro, f.campo, f.mensagem) for f in conferir(ficha(codigo), respostas, pessoas=NOMES, hoje=HOJE, **mais)
    ]


def test_sao_dezesseis_blocos_e_cada_um_tem_fichas_ou_diz_onde_esta():
    blocos = prontuario().blocos

    assert [bloco.numero for bloco in blocos] == list(range(1, 17))
    assert all(bool(bloco.fichas) != bool(bloco.onde) for bloco in blocos)


def test_so_violencia_medida_e_acolhimento_sao_sigilosos():
    assert [bloco.numero for bloco in prontuario().blocos if bloco.sigiloso] == [11, 12, 13]


@pytest.mark.parametrize("de", list(prontuario().fichas.values()), ids=lambda f: f.codigo)
def test_os_campos_de_cada_ficha_se_sustentam(de):
    for campos in (de.campos, *(quadro.campos for quadro in de.quadros)):
        por_codigo = {campo.codigo: campo for campo in campos}
        assert len(por_codigo) == len(campos)
        for campo in campos:
            assert bool(campo.opcoes) == (campo.tipo in {Tipo.ESCOLHA, Tipo.VARIAS}), campo.codigo
            if campo.se is not None:
                assert campo.se[1] in por_codigo[campo.se[0]].respostas
            assert not campo.quem or por_codigo[campo.quem].tipo is Tipo.PESSOAS
            assert not campo.depois_de or por_codigo[campo.depois_de].tipo is Tipo.DIA
            assert campo.tipo is not Tipo.TEXTO or campo.maximo


def test_os_codigos_sao_os_do_formulario():
    assert list(ficha("11").quadros[0].campos[1].opcoes) == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "99"]
    assert "42" not in ficha("5").campos[2].opcoes


def test_ficha_que_nao_ha_e_recusada_com_as_que_ha():
    with pytest.raises(FichaDesconhecida, match="6-programas"):
        ficha("17")


@pytest.mark.parametrize(
    "codigo, respostas, campo, dito",
    [
        pytest.param("4", {"residencia": "castelo"}, "residencia", "Escolha uma das opções", id="fora da lista"),
        pytest.param("4", {"comodos": 61}, "comodos", "61 é mais do que se espera aqui (60)", id="além do máximo"),
        pytest.param("4", {"comodos": -1}, "comodos", "de 0 em diante", id="negativo"),
        pytest.param("4", {"telhado": "1"}, "telhado", "não tem o campo “telhado”", id="campo que não há"),
        pytest.param("6", {"qual": "pedreiro"}, "qual", "“Possui qualificação profissional” é Sim", id="condição"),
        pytest.param("7", {"doenca": "sim", "doenca_quem": ["x"]}, "doenca_quem", "pessoas da família", id="estranho"),
    ],
)
def test_o_que_nao_serve_e_dito_no_campo(codigo, respostas, campo, dito):
    ((_, onde, mensagem),) = faltas(codigo, respostas)

    assert onde == campo
    assert dito in mensagem


def test_a_linha_do_quadro_diz_qual_linha_e_o_que_falta():
    linhas = [{"pessoa": ALBA, "situacao": "1"}, {"situacao": "6", "dia": "2026-05-21"}]

    achadas = conferir(ficha("11"), {"situacoes": linhas}, pessoas=NOMES, hoje=HOJE)

    assert [(f.linha, f.campo) for f in achadas] == [(1, "pessoa"), (1, "dia")]
    assert "21/05/2026 ainda não chegou" in achadas[1].mensagem


def test_o_fim_nao_vem_antes_do_comeco():
    linha = {"pessoa": ALBA, "medida": "1", "inicio": "2026-03-02", "fim": "2026-03-01"}

    ((_, campo, mensagem),) = faltas("12", {"medidas": [linha]})

    assert campo == "fim"
    assert "antes de “Início” (02/03/2026)" in mensagem


@pytest.mark.parametrize(
    "idade, ocupacao, recusa",
    [
        pytest.param(15, "1", True, id="15 anos por conta própria é trabalho infantil"),
        pytest.param(15, "11", False, id="15 anos aprendiz"),
        pytest.param(15, "0", False, id="15 anos que não trabalha"),
        pytest.param(16, "1", False, id="16 anos"),
        pytest.param(None, "1", False, id="sem idade não se recusa"),
    ],
)
def test_trabalho_infantil_nao_se_registra_como_ocupacao(idade, ocupacao, recusa):
    assert bool(faltas("6", {"ocupacao": ocupacao}, idade=idade)) is recusa


def test_pessoas_por_dormitorio_arredonda_para_baixo():
    assert contas.pessoas_por_dormitorio(pessoas=5, dormitorios=2) == 2
    assert contas.pessoas_por_dormitorio(pessoas=5, dormitorios=0) is None


def test_renda_por_pessoa_conta_a_familia_inteira_e_diz_de_quantas_se_sabe():
    da_familia = contas.renda([{"renda": 1000}, {"renda": 0}, {}], pessoas=3)

    assert (da_familia.total, da_familia.por_pessoa, da_familia.de) == (1000, 333, 2)
    assert contas.renda([{}], pessoas=3) is None


def test_o_que_mudou_se_diz_em_palavras():
    antes = {"doenca": "sim", "doenca_quem": [ALBA]}
    depois = {"doenca": "nao", "ubs": "UBS Centro"}

    assert palavras.mudancas(ficha("7"), antes, depois, nomes=NOMES) == [
        ("Unidade básica de saúde de referência", "não informado", "UBS Centro"),
        ("Alguém tem doença grave", "Sim", "Não"),
        ("Quem tem doença grave", "Alba do Exemplo", "não informado"),
    ]


def test_para_uma_pessoa_so_sai_o_que_fala_dela_ou_da_familia_inteira():
    saude = {
        "inseguranca": "sim", "doenca": "sim", "doenca_quem": [ALBA, CAIO], "doenca_qual": "asma e diabetes",
        "alcool": "sim", "alcool_quem": [CAIO], "gestantes": [{"pessoa": ALBA, "meses": 3}, {"pessoa": CAIO}],
    }  # fmt: skip

    assert palavras.so_de(ficha("7"), saude, pessoa=ALBA) == {
        "inseguranca": "sim",
        "doenca_quem": [ALBA],
        "gestantes": [{"pessoa": ALBA, "meses": 3}],
    }
    assert palavras.so_de(ficha("9"), {"conjugais": "com_violencia", "vizinhos": "sim"}, pessoa=ALBA) == {
        "vizinhos": "sim"
    }


def test_a_linha_de_um_quadro_se_le_como_frase():
    linha = {"pessoa": CAIO, "situacao": "6", "persiste": "sim", "dia": "2026-05-01"}

    assert palavras.linha_em_palavras(ficha("11").quadros[0], linha, nomes=NOMES) == (
        "Caio do Exemplo, 6 Trabalho infantil, ainda persiste: sim, data: 01/05/2026"
    )
