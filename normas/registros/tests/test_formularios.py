"""Os formulários por inteiro: todo item oficial, na ordem impressa, com medida, quadrinhos e regras coerentes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from normas.base.competencia import Competencia
from normas.base.inconsistencia import Gravidade
from normas.registros.em_branco import em_branco
from normas.registros.formulario import Evidencia, Faixa, Medida, TipoDeRegra
from normas.registros.leitura import (
    PASTA,
    FormularioDesconhecido,
    FormularioForaDeVigencia,
    codigos,
    formulario,
    ler,
    periodo_de,
    versoes,
)
from normas.registros.tests.fabricas import JANEIRO, versao_de

CODIGOS = {
    "RMA-CRAS": "A.1 A.2 B.1 B.2 B.3 B.4 B.5 B.6 C.1 C.2 C.3 C.4 C.5 C.6 C.7 C.8 C.9 D.1 D.2 D.3 D.4 D.8 D.5 D.6 D.7",
    "RMA-CREAS": (
        "A.1 A.2 B.1 B.2 B.3 B.4 B.5 B.7 B.6 C.1 C.2 C.3 C.4 C.5 D.1 D.2 E.1 E.2 F.1 G.1 H.1 I.1 M.1 M.2 M.3 M.4 "
        "J.1 J.2 J.3 J.4 J.5 J.6 K.1 K.2 K.3 K.4 K.5 K.6 L.1"
    ),
    "RMA-POP": "A.1 B.1 B.2 B.3 C.1 C.2 D.1 E.1 E.2 E.3 E.4 E.5 E.6 F.1",
}
ESTOQUES = {
    "RMA-CRAS": {"A.1", "D.1", "D.2", "D.3", "D.4", "D.5", "D.7", "D.8"},
    "RMA-CREAS": {"A.1", "J.1", "J.2", "J.3"},
    "RMA-POP": set(),
}
QUADRINHOS = {
    "RMA-CRAS": {},
    "RMA-CREAS": (
        dict.fromkeys(("B.6", "E.1", "E.2", "G.1", "I.1", "K.1"), 8)
        | dict.fromkeys(("C.1", "C.2", "C.3", "C.4"), 6)
        | {"C.5": 4}
        | dict.fromkeys(("D.1", "D.2", "J.4", "J.5", "J.6"), 2)
    ),
    "RMA-POP": {"A.1": 10, "E.1": 8},
}
MEDIDAS = {"stock": Medida.ESTOQUE, "flow": Medida.FLUXO}


def test_ha_tres_formularios_e_78_itens():
    assert codigos() == ("RMA-CRAS", "RMA-CREAS", "RMA-POP")
    assert [len(versao_de(codigo).itens) for codigo in codigos()] == [25, 39, 14]


@pytest.mark.parametrize("codigo", codigos())
def test_os_itens_estao_na_ordem_impressa_com_medida_e_quadrinhos(codigo):
    versao = versao_de(codigo)

    assert " ".join(versao.itens) == CODIGOS[codigo]
    assert tuple(versao.itens) == tuple(item for bloco in versao.blocos for item in bloco.itens)
    assert {i.codigo for i in versao.itens.values() if i.medida is Medida.ESTOQUE} == ESTOQUES[codigo]
    assert {i.codigo: len(i.desdobramento.celulas) for i in versao.itens.values() if i.desdobramento} == QUADRINHOS[
        codigo
    ]


@pytest.mark.compartilhado
@pytest.mark.parametrize("codigo", codigos())
def test_codigo_rotulo_medida_e_quadrinhos_sao_os_da_transcricao_oficial(codigo, compartilhado):
    arquivo = compartilhado / "domain" / f"{codigo.lower().replace('-', '_')}.yaml"
    oficial = yaml.safe_load(arquivo.read_text(encoding="utf-8"))
    itens = versao_de(codigo).itens
    lidos = [item for bloco in oficial["blocks"] for secao in bloco["sections"] for item in secao["items"]]

    assert sorted(itens) == sorted(item["code"] for item in lidos)
    for item in lidos:
        nosso = itens[item["code"]]
        assert nosso.rotulo == item["label"], item["code"]
        assert nosso.medida is MEDIDAS[item["measure"]], item["code"]
        assert bool(nosso.desdobramento) is bool(item.get("breakdown")), item["code"]
    for bloco, nosso_bloco in zip(oficial["blocks"], versao_de(codigo).blocos, strict=True):
        assert nosso_bloco.titulo == bloco["title"]
        assert [s.titulo for s in nosso_bloco.secoes] == [s["title"] for s in bloco["sections"]]


@pytest.mark.parametrize("codigo", codigos())
def test_so_impede_o_que_esta_confirmado_e_a_leitura_do_projeto_so_avisa(codigo):
    for regra in versao_de(codigo).regras:
        if regra.evidencia is Evidencia.LEITURA:
            assert regra.gravidade is Gravidade.AVISA, regra.codigo
            assert regra.fundamento.norma == "Leitura do projeto", regra.codigo
        if regra.gravidade is Gravidade.IMPEDE:
            assert regra.evidencia is Evidencia.CONFIRMADA, regra.codigo
        if regra.evidencia is not Evidencia.LEITURA:
            assert regra.fundamento.norma != "Leitura do projeto", regra.codigo


@pytest.mark.parametrize("codigo", codigos())
def test_as_regras_tem_codigo_unico_e_so_falam_de_itens_do_formulario(codigo):
    versao = versao_de(codigo)

    assert len({regra.codigo for regra in versao.regras}) == len(versao.regras)
    assert all(set(regra.codigos) <= set(versao.itens) for regra in versao.regras)
    assert all(set(nota.itens) <= set(versao.itens) for nota in versao.nao_se_compara)
    assert all(regra.explicacao.endswith(".") for regra in versao.regras)
    assert [r.tipo for r in versao.regras].count(TipoDeRegra.PREENCHIMENTO) == 1
    assert versao.regra_de_preenchimento.codigos == tuple(versao.itens)


@pytest.mark.parametrize("codigo", codigos())
def test_os_itens_que_nao_precisam_somar_nao_se_somam_em_regra_nenhuma(codigo):
    versao = versao_de(codigo)
    for nota in versao.nao_se_compara:
        somados = [regra for regra in versao.regras if len({t.item for t in regra.limite} & set(nota.itens)) > 1]

        assert somados == []


@pytest.mark.parametrize("codigo", codigos())
def test_todo_item_desdobrado_cobra_que_o_total_seja_a_soma(codigo):
    versao = versao_de(codigo)
    somados = {c for r in versao.regras if r.tipo is TipoDeRegra.SOMA_DAS_CELULAS for c in r.codigos}

    assert somados == {item.codigo for item in versao.itens.values() if item.desdobramento}


@pytest.mark.parametrize("codigo", codigos())
def test_as_frases_cabem_no_meio_de_uma_mensagem(codigo):
    for item in versao_de(codigo).itens.values():
        assert item.frase.startswith(("as ", "os ")), item.codigo
        assert not item.frase.endswith("."), item.codigo


def test_as_letras_das_colunas_sao_as_da_base_publicada():
    itens = versao_de("RMA-CREAS").itens

    assert "".join(itens["B.6"].desdobramento.sufixos.values()) == "abcdefgh"
    assert "".join(itens["C.1"].desdobramento.sufixos.values()) == "egbfhd"
    assert "".join(itens["J.4"].desdobramento.sufixos.values()) == "ab"
    assert versao_de("RMA-POP").itens["A.1"].desdobramento.sufixos == {}


def test_o_formulario_em_branco_traz_todo_item_o_cabecalho_e_a_marca_do_bloco_opcional():
    folha = em_branco(versao_de("RMA-CREAS"))

    assert all(f"\n{codigo}  " in folha for codigo in versao_de("RMA-CREAS").itens)
    assert "Nome do(a) coordenador(a) do CREAS: ____" in folha
    assert folha.count("[ ] Não realiza oferta do serviço") == 2
    assert "     feminino: 0 a 12 anos ______  13 a 15 anos ______" in folha
    assert max(map(len, folha.splitlines())) <= 100


def test_a_folha_em_branco_do_centro_pop_e_esta():
    folha = Path(PASTA).parent / "casos/rma_pop_em_branco.txt"

    assert em_branco(versao_de("RMA-POP")) + "\n" == folha.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("maior", "menor", "cabe"),
    [
        ((0, 12), (0, 12), True),
        ((0, 12), (0, 6), True),
        ((0, 12), (7, 13), False),
        ((13, 17), (12, 17), False),
        ((60, None), (60, None), True),
        ((18, None), (18, 59), True),
        ((18, 59), (18, None), False),
        ((18, None), (17, 20), False),
    ],
)
def test_uma_faixa_contem_a_que_cabe_inteira_nela(maior, menor, cabe):
    assert Faixa("maior", *maior).contem(Faixa("menor", *menor)) is cabe


def test_o_que_nao_existe_e_o_que_nao_esta_transcrito_se_dizem():
    with pytest.raises(FormularioDesconhecido, match="Os que há: RMA-CRAS, RMA-CREAS, RMA-POP"):
        versoes("RMA-XYZ")
    with pytest.raises(FormularioForaDeVigencia, match=r"para 2016-12. O que há: versão 2017, desde 2017-01"):
        formulario("RMA-CRAS", em=Competencia(2016, 12))


def test_cada_mes_tem_a_sua_versao():
    dados = yaml.safe_load((PASTA / "rma_pop.yaml").read_text(encoding="utf-8"))
    nova = dict(dados["versoes"][0]) | {"versao": "2027", "desde": "2027-02"}
    antiga = dict(dados["versoes"][0]) | {"ate": "2027-01"}
    lidas = ler(dados | {"versoes": [antiga, nova]})

    def em(ano, mes):
        return [versao.versao for versao in lidas if versao.vale_em(Competencia(ano, mes))]

    assert (em(2016, 12), em(2017, 1), em(2027, 1), em(2027, 2)) == ([], ["2017"], ["2017"], ["2027"])
    assert [periodo_de(versao) for versao in lidas] == ["de 2017-01 a 2027-01", "desde 2027-02"]


def test_os_arquivos_sao_os_formularios():
    assert {arquivo.name for arquivo in Path(PASTA).iterdir()} == {"rma_cras.yaml", "rma_creas.yaml", "rma_pop.yaml"}
    assert formulario("RMA-CRAS", em=JANEIRO).versao == "2017"
