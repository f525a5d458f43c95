"""As bordas das regras: o que falta cala a regra, cada item se diz uma vez, e cada recusa diz o item e o quadrinho."""

from __future__ import annotations

import pytest

from normas.registros.conferencia import conferir
from normas.registros.distribuicao import Distribuicao
from normas.registros.exame import Contexto, Exame
from normas.registros.formulario import Termo
from normas.registros.meses_anteriores import comparar, mediana
from normas.registros.preenchimento import ler_objeto
from normas.registros.tests.fabricas import JANEIRO, tudo_em_zero, versao_de

INTEIRO = "Escreva um número inteiro, de 0 em diante."
CRAS, CREAS = versao_de("RMA-CRAS"), versao_de("RMA-CREAS")


def achadas(versao, dados, **contexto):
    return conferir(
        versao=versao,
        competencia=JANEIRO,
        preenchimento=ler_objeto(dados, versao=versao),
        contexto=Contexto(**contexto),
    )


def da_regra(regra, versao, dados, **contexto):
    return [(a.itens, a.mensagem) for a in achadas(versao, dados, **contexto) if a.regra == regra]


def test_cada_item_que_passa_do_limite_se_diz_e_cada_sexo_tambem():
    dados = tudo_em_zero(
        CREAS,
        **{"J.1": 9, "J.2": 9, "J.3": 9, "J.4": {"m": 1, "f": 1}, "J.5": {"m": 3, "f": 0}, "J.6": {"m": 0, "f": 2}},
    )

    assert [mensagem.split(" não podem")[0] for _, mensagem in da_regra("V6.2", CREAS, dados)] == [
        "Os novos adolescentes em Liberdade Assistida (J.5 = 3)",
        "Os novos adolescentes em Prestação de Serviços à Comunidade (J.6, feminino = 2)",
    ]


@pytest.mark.parametrize("falta", ["A.1", "A.2", "antes", "saídas", "outro mês"])
def test_sem_um_dos_numeros_a_conta_do_estoque_se_cala(falta):
    dados = {codigo: valor for codigo, valor in {"A.1": 97, "A.2": 5}.items() if codigo != falta}
    anterior = ler_objeto({} if falta == "antes" else {"A.1": 100}, versao=CRAS)
    mes = JANEIRO.meses_antes(2 if falta == "outro mês" else 1)
    registros = {} if falta == "saídas" else {"desligadas_no_mes_anterior": 10}

    assert da_regra("V8", CRAS, dados, parcial=True, anteriores={mes: anterior}, registros=registros) == []


def test_o_quadrinho_que_falta_se_diz_ainda_que_haja_total():
    dados = tudo_em_zero(CREAS) | {"C.5": {"total": 4, "m": {"0-12": 1}, "f": {"0-12": 1, "13-15": 1}}}
    (achada,) = da_regra("V11", CREAS, dados)

    assert achada == (
        ("C.5",),
        "Em C.5, falta informar masculino, 13 a 15 anos. Onde não houve, escreva 0.",
    )
    (achada,) = da_regra("V11", CREAS, tudo_em_zero(CREAS) | {"D.1": {"total": 0}})
    assert achada[1].startswith("Reparta as pessoas idosas vítimas de violência intrafamiliar (D.1 = 0)")
    (achada,) = da_regra("V11", CREAS, tudo_em_zero(CREAS) | {"C.5": {"m": {"0-12": 1, "13-15": 0}}})
    assert "falta informar feminino, 0 a 12 anos; feminino, 13 a 15 anos. Onde" in achada[1]


@pytest.mark.parametrize(
    ("item", "escrito", "mensagem"),
    [
        ("A.1", {"m": 1}, "A.1 não se desdobra em sexo e idade. Escreva um número só."),
        ("J.4", {"m": 1, "masculino": 2}, "J.4 traz duas vezes o quadrinho “masculino”. Deixe um só."),
        ("D.1", {"total": -1, "m": 1, "f": 0}, f"D.1, total: “-1” é menor que zero. {INTEIRO}"),
        ("D.1", {"m": "um"}, f"D.1, masculino, 60 anos ou mais: “um” não é um número inteiro. {INTEIRO}"),
        ("J.4", {"m": True, "f": 0}, f"J.4, masculino: “true” não é um número inteiro. {INTEIRO}"),
        ("C.5", {"m": {"0-12": [1]}}, f"C.5, masculino, 0 a 12 anos: “[1]” não é um número inteiro. {INTEIRO}"),
    ],
)
def test_cada_recusa_diz_o_item_o_quadrinho_e_o_que_se_escreveu(item, escrito, mensagem):
    lido = ler_objeto({item: escrito}, versao=CREAS)

    assert [(recusa.item, recusa.mensagem) for recusa in lido.recusas] == [(item, mensagem)]
    assert ((item,), mensagem) in da_regra("V11", CREAS, {item: escrito}, parcial=True)


def test_o_desdobrado_vazio_e_o_nulo_sao_item_sem_resposta():
    for escrito in ({}, {"total": None}, {"m": None, "f": None}, None):
        assert da_regra("V11", CREAS, tudo_em_zero(CREAS) | {"D.2": escrito}) == [
            (("D.2",), "Informe as pessoas idosas vítimas de negligência ou abandono (D.2). Se não houve, escreva 0.")
        ]


def test_o_bloco_marcado_com_um_so_numero_o_diz_pelo_nome():
    em_branco = dict.fromkeys(("K.1", "K.2", "K.3", "K.4", "K.5", "L.1"))
    dados = tudo_em_zero(CREAS) | em_branco | {"K.6": 3, "nao_oferta": ["IV"]}
    (achada,) = da_regra("V11", CREAS, dados)

    assert achada[0] == ("K.6",)
    assert "mas traz K.6. Tire a marca" in achada[1]


def test_o_que_se_recusa_num_bloco_marcado_tambem_se_diz():
    dados = tudo_em_zero(CREAS) | dict.fromkeys(("K.1", "K.2", "K.3", "K.4", "K.5", "L.1"))

    assert [itens for itens, _ in da_regra("V11", CREAS, dados | {"K.6": "x", "nao_oferta": ["IV"]})] == [("K.6",)]


def test_o_parcial_cala_o_que_falta_e_nao_o_que_se_recusa():
    assert achadas(CREAS, {"B.6": 3}, parcial=True) == ()
    assert len(achadas(CREAS, {"A.1": "x"}, parcial=True)) == 1
    assert len(achadas(CRAS, {"A.1": "não se aplica"}, parcial=True)) == 1


@pytest.mark.parametrize(
    ("valor", "acima"),
    # média 15, desvio da amostra 5,0252: três desvios vão a 30,08
    [(15, False), (30, False), (31, True), (0, False)],
)
def test_tres_desvios_acima_da_media_e_so_para_cima(valor, acima):
    assert Distribuicao.de_valores([10, 20] * 50).acima_de(valor, desvios=3) is acima


def test_a_distribuicao_de_dois_ja_tem_desvio_e_a_de_iguais_nao_tem():
    assert Distribuicao.de_valores([0, 2]).acima_de(4, desvios=2)
    assert not Distribuicao.de_valores([0, 2]).acima_de(3, desvios=2)
    assert Distribuicao.de_valores([7] * 10).acima_de(8, desvios=3)
    assert not Distribuicao.de_valores([7] * 10).acima_de(7, desvios=3)
    assert Distribuicao.de_valores([1, 2, 6]) == Distribuicao(3, 9, 41)
    assert Distribuicao.de_valores([1, 2, 6]).media == 3


def test_o_item_sem_resposta_nao_esconde_o_seguinte():
    dados = {
        "B.6": {"m": {"60+": 1}, "f": {"60+": 0}},
        "C.1": {"m": {"0-6": 1}},
        "E.1": {"m": {"60+": 2}},
        "J.4": {"total": 3, "m": 1, "f": 1},
    }

    assert [itens for itens, _ in da_regra("V10.1", CREAS, dados, parcial=True)] == [("E.1", "B.6")]
    assert [itens for itens, _ in da_regra("V3", CREAS, dados, parcial=True)] == [("J.4",)]
    del dados["B.6"]
    assert da_regra("V10.1", CREAS, dados, parcial=True) == []


def test_o_item_local_avisa_com_a_regra_e_o_fundamento_do_preenchimento():
    (achada,) = achadas(CRAS, {"X.1": 3}, parcial=True)

    assert (achada.regra, achada.itens, achada.fundamento) == ("V9", ("X.1",), CRAS.regra_de_preenchimento.fundamento)
    assert achada.mensagem == (
        "“X.1” não é um item do RMA-CRAS, versão 2017: ficou de fora da conferência. Se é um item do município, siga; "
        "senão, confira o código."
    )


@pytest.mark.parametrize(
    ("termo", "dito"),
    [
        (Termo(item="K.1"), "(K.1 = 1.234)"),
        (Termo(item="K.1", sexo="feminino"), "(K.1, feminino = 1.234)"),
        (Termo(item="K.1", ate=17), "(K.1, até 17 anos = 1.234)"),
        (Termo(item="K.1", de=18, ate=59), "(K.1, 18 a 59 anos = 1.234)"),
        (Termo(item="K.1", sexo="masculino", de=60), "(K.1, masculino, 60 anos ou mais = 1.234)"),
    ],
)
def test_o_recorte_se_diz_com_o_item(termo, dito):
    exame = Exame(versao=CREAS, competencia=JANEIRO, preenchimento=ler_objeto({}, versao=CREAS), contexto=Contexto())

    assert exame.dito(termo, 1234) == f"as pessoas abordadas pelo Serviço de Abordagem Social {dito}"


@pytest.mark.parametrize(
    ("valor", "anteriores", "destoa"),
    [
        pytest.param(0, [1, 90, 30, 40, 80, 60], True, id="o zero onde o menor foi um"),
        pytest.param(20, [30] * 6, False, id="dez de diferença ainda é pouco"),
        pytest.param(19, [30] * 6, True, id="onze já não é"),
        pytest.param(41, [30] * 6, True, id="para cima também"),
    ],
)
def test_quando_um_valor_destoa_dos_meses(valor, anteriores, destoa):
    assert comparar(valor=valor, anteriores=anteriores, em=JANEIRO.desde).destoa is destoa


@pytest.mark.parametrize(
    ("valores", "meio"), [([5], 5), ([1, 9], 5), ([9, 1, 2], 2), ([4, 1, 3, 2], 2.5), ([1, 2, 3, 4, 50], 3)]
)
def test_a_mediana_e_o_do_meio(valores, meio):
    assert mediana(valores) == meio
