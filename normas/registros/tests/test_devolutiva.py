"""O que volta a quem enviou: mudança com suavidade, comparação só entre muitas, e três perguntas sempre."""

from __future__ import annotations

from fractions import Fraction
from string import Formatter

import pytest

from normas.base.competencia import Competencia
from normas.registros import devolutiva
from normas.registros.devolutiva import Lugar, Rumo
from normas.registros.leitura import codigos, formulario

CRAS = devolutiva.roteiro("RMA-CRAS")
CALMO = {"A.1": 100, "A.2": 5, "C.1": 200, "C.3": 20, "C.5": 4, "C.6": 30, "D.1": 30, "D.3": 40}
TIPOS = {"sobe", "desce", "some", "repete", "nenhum", "acima", "abaixo", "sempre"}


def perguntas(atual, anteriores=(), parecidas=()):
    return {p.codigo: p for p in devolutiva.perguntas(atual, anteriores, parecidas, roteiro=CRAS)}


@pytest.mark.parametrize("codigo", codigos())
def test_cada_roteiro_so_fala_de_itens_do_formulario_e_completa_tres(codigo):
    roteiro = devolutiva.roteiro(codigo)
    itens = formulario(codigo, em=Competencia(2026, 1)).itens.keys()
    olhados = {item for c in roteiro.conversas for item in (c.item, c.com) if item} | set(roteiro.destaques)

    assert roteiro.formulario == codigo
    assert olhados <= itens
    assert {c.tipo for c in roteiro.conversas} <= TIPOS
    assert sum(c.tipo == "sempre" for c in roteiro.conversas) >= devolutiva.PERGUNTAS
    assert len({c.codigo for c in roteiro.conversas}) == len(roteiro.conversas)


@pytest.mark.parametrize("codigo", codigos())
def test_cada_conversa_so_pede_os_numeros_que_a_sua_condicao_da(codigo):
    dados = {
        "sobe": {"atual", "antes"}, "desce": {"atual", "antes"}, "some": {"atual", "antes"},
        "repete": {"atual", "meses"}, "nenhum": {"atual", "com"}, "sempre": set(),
    }  # fmt: skip
    for conversa in devolutiva.roteiro(codigo).conversas:
        pedidos = {nome for _, nome, _, _ in Formatter().parse(conversa.pergunta + conversa.porque) if nome}
        assert pedidos <= dados.get(conversa.tipo, {"atual", "com", "taxa", "mediana", "unidades"}), conversa.codigo


@pytest.mark.parametrize(
    "valor, rumo",
    [
        pytest.param(110, Rumo.PARECIDO, id="um décimo a mais"),
        pytest.param(111, Rumo.SUBIU, id="mais de um décimo"),
        pytest.param(90, Rumo.PARECIDO, id="um décimo a menos"),
        pytest.param(89, Rumo.DESCEU, id="menos de um décimo"),
    ],
)
def test_a_mudanca_se_mede_diante_da_mediana_de_tres_meses(valor, rumo):
    anteriores = [{"A.1": 7}, {"A.1": 100}, {"A.1": 900}, {"A.1": 100}]  # o mês fora do comum não assusta

    (mudanca,) = devolutiva.mudancas({"A.1": valor}, anteriores, roteiro=CRAS)

    assert (mudanca.antes, mudanca.rumo) == (100, rumo)


def test_numero_pequeno_que_oscila_nao_e_mudanca_e_o_primeiro_mes_nao_tem_antes():
    pequeno, primeiro = devolutiva.mudancas({"C.5": 4, "A.1": 9}, [{"C.5": 2}], roteiro=CRAS)

    assert pequeno.rumo is Rumo.PARECIDO
    assert (primeiro.antes, primeiro.rumo) == (None, Rumo.NOVO)


def test_com_poucas_unidades_nao_se_compara():
    assert devolutiva.faixa(range(9), minimo=10) is None
    assert devolutiva.faixas(["A.1"], [{"A.1": 5}] * 9 + [{"C.6": 1}] * 9, roteiro=CRAS) == {}


def test_a_faixa_e_a_metade_do_meio():
    faixa = devolutiva.faixa([0, 10, 20, 30, 40, 50, 60, 70, 80, 1000], minimo=10)

    assert (faixa.unidades, faixa.de, faixa.mediana, faixa.ate) == (10, 20, 45, 70)
    assert [faixa.lugar(n) for n in (19, 20, 70, 71)] == [Lugar.ABAIXO, Lugar.ENTRE, Lugar.ENTRE, Lugar.ACIMA]


def test_mes_calmo_traz_as_tres_de_sempre():
    feitas = perguntas(CALMO, [CALMO, CALMO])

    assert list(feitas) == ["sempre-territorio", "sempre-espera", "sempre-registro"]


@pytest.mark.parametrize(
    "muda, codigo, porque",
    [
        pytest.param({"C.6": 0}, "sem-visita", "com 100 famílias", id="nenhuma visita"),
        pytest.param(
            {"A.1": 80}, "acompanhamento-desce", "eram 100 nos meses anteriores e são 80", id="desce um quinto"
        ),
        pytest.param({"A.1": 125}, "acompanhamento-sobe", "são 125", id="sobe um quarto"),
        pytest.param({"D.3": 0}, "convivencia-some", "Eram 40", id="grupo parou"),
    ],
)
def test_o_que_muda_vira_pergunta_com_os_numeros(muda, codigo, porque):
    feitas = perguntas(CALMO | muda, [CALMO, CALMO])

    assert porque in feitas[codigo].porque
    assert len(feitas) == 3


def test_no_limite_ainda_nao_se_pergunta():
    assert "acompanhamento-desce" not in perguntas(CALMO | {"A.1": 81}, [CALMO])
    assert "acompanhamento-sobe" not in perguntas(CALMO | {"A.1": 124}, [CALMO])


def test_o_numero_repetido_quatro_meses_se_pergunta_e_tres_nao():
    assert "acompanhamento-igual" in perguntas(CALMO, [CALMO] * 3)
    assert "acompanhamento-igual" not in perguntas(CALMO, [CALMO] * 2)


def test_diante_das_parecidas_conta_por_cem_e_so_com_gente_bastante():
    muitas = [{"A.1": 50, "C.6": 40}] * 12
    poucas_visitas = CALMO | {"C.6": 10}

    feitas = perguntas(poucas_visitas, [poucas_visitas], muitas)

    assert "São 10 visitas por 100 famílias em acompanhamento; na metade das 12" in feitas["poucas-visitas"].porque
    assert "poucas-visitas" not in perguntas(poucas_visitas, [poucas_visitas], muitas[:9])
    assert "poucas-visitas" not in perguntas(CALMO | {"C.6": 80}, [CALMO | {"C.6": 80}], muitas)


def test_cada_item_da_uma_pergunta_so():
    feitas = perguntas(CALMO | {"C.6": 0, "A.2": 0, "A.1": 20}, [CALMO] * 3, [{"A.1": 50, "C.6": 40}] * 12)

    assert list(feitas) == ["sem-visita", "acompanhamento-desce", "ninguem-novo"]


def test_a_mediana_de_dois_e_o_meio_exato():
    assert devolutiva.costume("A.1", [{"A.1": 3}, {"A.1": 4}]) == Fraction(7, 2)
