"""A CIB e a CIT: cadeiras por porte, suplentes, regiões, rodízio, consenso e recursos."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from normas.habilitacao.fluxo import fluxo
from normas.instancias.comissoes import (
    Representacao,
    Representante,
    cadeiras_municipais_da_cib,
    conferir_cib,
    conferir_cit,
    conferir_rodizio,
)
from normas.instancias.orgao import Orgao
from normas.instancias.pactuacao import ENTES, Manifestacao, pactuar
from normas.instancias.recursos import ESCADA, FUNDAMENTOS, SemRecurso, proxima_instancia
from normas.territorio.porte import Porte

CASOS = yaml.safe_load((Path(__file__).parent.parent / "casos" / "cadeiras_da_cib.yaml").read_text(encoding="utf-8"))
EM_2006 = date(2006, 6, 1)
TODOS_OS_PORTES = {Porte.PEQUENO_I: 40, Porte.PEQUENO_II: 20, Porte.MEDIO: 8, Porte.GRANDE: 5}
CADEIRAS = cadeiras_municipais_da_cib(municipios_por_porte=TODOS_OS_PORTES, porte_da_capital=Porte.GRANDE, em=EM_2006)


def cib():
    """Uma CIB em ordem: titulares do Norte e suplentes do Sul."""
    lugares = [(Porte.PEQUENO_I, False)] * 2 + [
        (Porte.PEQUENO_II, False), (Porte.MEDIO, False), (Porte.GRANDE, False), (Porte.GRANDE, True),
    ]  # fmt: skip
    return [
        *(
            Representante(cadeira=cadeira, representacao=Representacao.ESTADO, titular=titular)
            for cadeira in range(3)
            for titular in (True, False)
        ),
        *(
            Representante(
                cadeira=cadeira, representacao=Representacao.MUNICIPIOS, titular=titular, porte=porte,
                da_capital=capital, regiao="Norte" if titular else "Sul",
            )
            for cadeira, (porte, capital) in enumerate(lugares, start=3)
            for titular in (True, False)
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("caso", CASOS, ids=lambda caso: caso["titulo"])
def test_as_cadeiras_do_caso(caso):
    cadeiras = cadeiras_municipais_da_cib(
        municipios_por_porte={Porte(porte): quantos for porte, quantos in caso["portes"].items()},
        porte_da_capital=Porte(caso["capital"]),
        em=EM_2006,
    )

    assert (cadeiras.por_porte, cadeiras.proporcional) == (caso["cadeiras"], caso["proporcional"])


@given(st.dictionaries(st.sampled_from(Porte), st.integers(0, 900)), st.sampled_from(Porte))
def test_sao_sempre_seis_cadeiras(portes, capital):
    portes[capital] = portes.get(capital, 0) + 1

    cadeiras = cadeiras_municipais_da_cib(municipios_por_porte=portes, porte_da_capital=capital, em=EM_2006)

    assert cadeiras.total == 6
    assert all(portes.get(Porte(p), 0) > 0 for p, vagas in cadeiras.por_porte.items() if vagas and p != "capital")


def test_a_capital_entra_na_conta():
    with pytest.raises(ValueError, match="A capital é Médio, e a conta não tem"):
        cadeiras_municipais_da_cib(municipios_por_porte={Porte.GRANDE: 1}, porte_da_capital=Porte.MEDIO, em=EM_2006)


def test_a_cib_em_ordem_nao_tem_falta_e_antes_de_2006_nao_se_confere():
    assert conferir_cib(representantes=cib(), cadeiras=CADEIRAS, em=EM_2006) == ()
    assert conferir_cib(representantes=[], cadeiras=CADEIRAS, em=date(2005, 10, 1)) == ()


def test_o_que_falta_na_cib_se_diz_com_os_numeros():
    sem_suplente_do_estado = cib()[:-1]
    del sem_suplente_do_estado[1]
    faltas = {f.mensagem for f in conferir_cib(representantes=sem_suplente_do_estado, cadeiras=CADEIRAS, em=EM_2006)}

    assert faltas == {
        "São 3 suplentes pelo estado, e há 2.",
        "São 6 suplentes pelos municípios, e há 5.",
        "É 1 suplente da capital, e há 0.",
    }


def test_titular_e_suplente_sao_de_regioes_diferentes_e_a_capital_nao_tem_outra():
    mesma = [replace(r, regiao="Norte") for r in cib()]
    faltas = conferir_cib(representantes=mesma, cadeiras=CADEIRAS, em=EM_2006)

    assert [f.regra for f in faltas] == ["regiao"] * 5
    assert "o titular e o suplente são da região Norte" in faltas[0].mensagem


def test_na_regra_proporcional_a_capital_conta_pelo_porte():
    proporcional = cadeiras_municipais_da_cib(
        municipios_por_porte={Porte.PEQUENO_I: 5, Porte.GRANDE: 1}, porte_da_capital=Porte.GRANDE, em=EM_2006
    )
    portes = [Porte.PEQUENO_I] * 5 + [Porte.GRANDE]
    municipais = [
        replace(r, porte=portes[r.cadeira - 3]) if r.representacao is Representacao.MUNICIPIOS else r for r in cib()
    ]

    assert dict(proporcional.por_porte)["PEQUENO_I"] == 5
    assert conferir_cib(representantes=municipais, cadeiras=proporcional, em=EM_2006) == ()


def test_o_rodizio_avisa_onde_a_regiao_ficou():
    antes = cib()
    depois = [replace(r, regiao="Sul") if r.cadeira == 3 else r for r in antes if r.titular]

    assert len(conferir_rodizio(antes=antes, depois=depois)) == 5
    assert conferir_rodizio(antes=[], depois=depois) == ()


def test_a_cit_tem_tres_bancadas_iguais():
    cit = [
        Representante(cadeira=cadeira, representacao=bancada, titular=titular)
        for bancada in (Representacao.UNIAO, Representacao.ESTADOS, Representacao.MUNICIPIOS)
        for cadeira in range(5)
        for titular in (True, False)
    ]

    assert conferir_cit(representantes=cit, em=EM_2006) == ()
    assert [f.mensagem for f in conferir_cit(representantes=cit[1:], em=EM_2006)] == [
        "São 5 titulares pela União, e há 4."
    ]
    de_fora = [*cit, replace(cit[0], representacao=Representacao.ESTADO)]
    assert (
        conferir_cit(representantes=de_fora, em=EM_2006)[0].mensagem == "Esta comissão não tem cadeira para o estado."
    )
    assert conferir_cit(representantes=[], em=date(2005, 12, 31)) == ()


@given(st.sampled_from([Orgao.CIB, Orgao.CIT]), st.data())
def test_so_ha_pactuacao_com_a_concordancia_de_todos(comissao, dados):
    palavras = dados.draw(st.dictionaries(st.sampled_from(ENTES[comissao]), st.sampled_from(Manifestacao)))

    resultado = pactuar(comissao=comissao, manifestacoes=palavras)

    todos = len(palavras) == len(ENTES[comissao]) and set(palavras.values()) == {Manifestacao.CONCORDA}
    assert resultado.consenso is todos
    assert bool(resultado.encaminhamentos) is todos
    assert ("não se vota" in resultado.motivo) is not todos


def test_a_pactuacao_diz_quem_falta_e_para_onde_segue():
    concorda = dict.fromkeys(ENTES[Orgao.CIB], Manifestacao.CONCORDA)
    falta = pactuar(
        comissao=Orgao.CIT,
        manifestacoes={Representacao.UNIAO: Manifestacao.CONCORDA, Representacao.ESTADOS: Manifestacao.DISCORDA},
    )
    da_cib = pactuar(comissao=Orgao.CIB, manifestacoes=concorda, a_deliberar=True)
    da_cit = pactuar(comissao=Orgao.CIT, manifestacoes=dict.fromkeys(ENTES[Orgao.CIT], Manifestacao.CONCORDA))

    assert "discorda: os estados e o Distrito Federal; não se manifestou: os municípios" in falta.motivo
    assert [(e.para, e.finalidade.split(",")[0]) for e in da_cib.encaminhamentos] == [
        (Orgao.CEAS, "apreciar e deliberar"),
        (Orgao.CMAS, "conhecer"),
        (Orgao.CIT, "conhecer"),
        (Orgao.CNAS, "conhecer"),
    ]  # fmt: skip
    assert [e.para for e in da_cit.encaminhamentos] == [Orgao.CNAS]


def test_conselho_nao_pactua_e_a_cib_nao_reune_a_uniao():
    with pytest.raises(ValueError, match="o CMAS delibera"):
        pactuar(comissao=Orgao.CMAS, manifestacoes={})
    with pytest.raises(ValueError, match="não reúne a União"):
        pactuar(comissao=Orgao.CIB, manifestacoes={Representacao.UNIAO: Manifestacao.CONCORDA})


def test_da_cib_recorre_se_pela_ordem_da_norma_e_da_tabela_do_recurso():
    ordem = []
    while len(ordem) < 3:
        ordem.append(proxima_instancia(decidiu=Orgao.CIB, percorridas=tuple(ordem)))

    assert ordem == [Orgao.CEAS, Orgao.CIT, Orgao.CNAS]
    julgam = [passo.quem for passo in fluxo("recurso").passos if passo.ato == "negar_provimento"]
    assert julgam == ordem
    with pytest.raises(SemRecurso, match="A última palavra é do CNAS"):
        proxima_instancia(decidiu=Orgao.CIB, percorridas=tuple(ordem))


@pytest.mark.parametrize(
    ("decidiu", "percorridas", "frase"),
    [
        (Orgao.CIB, (Orgao.CIT,), "O recurso sobe pela ordem: o CEAS, a CIT, o CNAS"),
        (Orgao.CNAS, (), "não há outra instância"),
        (Orgao.ESTADO, (), "Da Secretaria de Estado não se recorre por esta norma"),
    ],
)
def test_recurso_que_nao_cabe(decidiu, percorridas, frase):
    with pytest.raises(SemRecurso, match=frase):
        proxima_instancia(decidiu=decidiu, percorridas=percorridas)


def test_toda_escada_acaba_no_cnas_e_cita_a_norma():
    assert all(degraus[-1] is Orgao.CNAS for orgao, degraus in ESCADA.items() if orgao is not Orgao.CNAS)
    assert set(FUNDAMENTOS) == set(ESCADA) - {Orgao.CNAS}
