"""As condições a a g: os casos que se leem, o que segura, o que espera e o que só a decisão segura."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from normas.base.constatacao import Constatacao, Situacao
from normas.habilitacao.niveis import NivelDeGestao
from normas.pisos.piso import piso
from normas.repasses.condicoes import (
    ConstatacaoDesconhecida,
    DecisaoDasBases,
    Destino,
    Ente,
    condicoes,
    conferir,
    constatar_nivel,
    mecanismos,
)

CASOS = yaml.safe_load((Path(__file__).parent.parent / "casos" / "condicoes.yaml").read_text(encoding="utf-8"))
EM_2006 = date(2006, 3, 15)
CODIGOS = sorted(codigo for condicao in (*condicoes(), *mecanismos()) for codigo in condicao.exigencias)
ATENDE = Constatacao(situacao=Situacao.ATENDE, evidencia="resolução nº 3/2006")


@pytest.mark.parametrize("caso", CASOS, ids=lambda caso: caso["titulo"])
def test_o_caso_tem_o_destino_que_a_conta_diz(caso):
    constatacoes = dict.fromkeys(caso["atendem"], ATENDE) | {
        codigo: Constatacao(situacao=Situacao.NAO_ATENDE, motivo=motivo)
        for codigo, motivo in caso.get("nao_atendem", {}).items()
    }
    decisao = DecisaoDasBases(**caso["decisao_das_bases"]) if "decisao_das_bases" in caso else None

    verificacao = conferir(ente=Ente(caso["ente"]), constatacoes=constatacoes, em=EM_2006, decisao_das_bases=decisao)

    assert verificacao.destino == caso["destino"]
    assert [c.condicao.alinea for c in verificacao.seguram] == caso["seguram"]
    if "motivo" in caso:
        assert verificacao.seguram[0].motivo == caso["motivo"]
    if "libera" in caso:
        assert verificacao.seguram[0].libera == caso["libera"]


def test_sao_sete_condicoes_e_o_plano_de_acao():
    assert [condicao.alinea for condicao in condicoes()] == list("abcdefg")
    assert [condicao.alinea for condicao in condicoes() if condicao.so_por_decisao] == ["g"]
    assert [condicao.titulo for condicao in mecanismos()] == ["Plano de ação validado"]


@given(
    ente=st.sampled_from(Ente),
    situacoes=st.dictionaries(st.sampled_from(CODIGOS), st.sampled_from(Situacao)),
    decidiu=st.booleans(),
)
def test_nada_se_segura_em_silencio_e_nada_sai_com_condicao_por_comprovar(ente, situacoes, decidiu):
    constatacoes = {
        codigo: Constatacao(situacao=situacao, evidencia="ata", motivo="falta")
        for codigo, situacao in situacoes.items()
    }
    decisao = DecisaoDasBases(por="gestão", dia=EM_2006, motivo="sem dados") if decidiu else None

    verificacao = conferir(ente=ente, constatacoes=constatacoes, em=EM_2006, decisao_das_bases=decisao)

    assert len(verificacao.condicoes) == 7
    for conferida in (*verificacao.condicoes, *verificacao.mecanismos):
        if conferida.condicao.alinea == "g":
            assert conferida.segura is decidiu
        else:
            assert conferida.segura is (conferida.situacao is not Situacao.ATENDE)
        if conferida.segura:
            assert conferida.motivo and conferida.libera
        if conferida.situacao is Situacao.ATENDE:
            assert conferida.evidencia
    assert (verificacao.destino is Destino.SAI) is (not verificacao.seguram)


def test_a_condicao_a_olha_o_piso_e_o_nivel():
    basica = constatar_nivel(piso=piso("PBF"), nivel=NivelDeGestao.BASICA, evidencia="Termo nº 7", em=EM_2006)
    inicial = constatar_nivel(piso=piso("PBF"), nivel=NivelDeGestao.INICIAL, evidencia="Termo nº 7", em=EM_2006)
    ninguem = constatar_nivel(piso=piso("PBF"), nivel=None, evidencia="", em=EM_2006)

    assert (basica.situacao, basica.evidencia) == (
        Situacao.ATENDE,
        "Termo nº 7: A gestão básica recebe o Piso Básico Fixo.",
    )
    assert (inicial.situacao, inicial.motivo) == (
        Situacao.NAO_ATENDE,
        "A gestão inicial não recebe o Piso Básico Fixo.",
    )
    assert ninguem.situacao is Situacao.NAO_SE_SABE


def test_a_decisao_tem_autor_e_motivo_e_o_codigo_errado_se_diz():
    with pytest.raises(ValueError, match="diga quem decidiu e por quê"):
        DecisaoDasBases(por=" ", dia=EM_2006, motivo="sem dados")
    with pytest.raises(ConstatacaoDesconhecida, match="Nenhuma condição exige organograma"):
        conferir(ente=Ente.MUNICIPIO, constatacoes={"organograma": ATENDE}, em=EM_2006)


def test_fora_da_norma_a_conferencia_e_simulacao():
    assert conferir(ente=Ente.DF, constatacoes={}, em=EM_2006).vigente
    assert not conferir(ente=Ente.DF, constatacoes={}, em=date(2026, 1, 1)).vigente
