"""As tabelas dos processos: uma linha por alínea, sem beco, e nenhuma sequência de atos escapa delas."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from normas.habilitacao.fluxo import CODIGOS, PASTA, FluxoDesconhecido, fluxo
from normas.habilitacao.maquina import AtoRecusado, Processo, agir, vencimento
from normas.instancias.orgao import Orgao
from normas.prazos.dias_uteis import DiasUteis

ALINEAS = {
    "habilitacao-municipio": list("abcdefghijk"),
    "habilitacao-df": list("abcdefghij"),
    "habilitacao-estado": list("abcdefg"),
    "desabilitacao": list("abcdefghij"),
    "recurso": ["1", "1", "2", "2", "3", "3"],
    "transicao-2005": ["I", "II", "III", "IV", "V", "VI", "VII"],
}
CHAVES = {"alinea", "ato", "texto", "quem", "de", "para", "prazo", "fixa_prazo", "so_depois_do_prazo"}
TODOS = pytest.mark.parametrize("codigo", CODIGOS)


@TODOS
def test_ha_um_passo_por_alinea_na_ordem_da_norma_e_cada_um_parte_de_onde_o_anterior_chegou(codigo):
    processo = fluxo(codigo)

    assert [passo.alinea for passo in processo.passos] == ALINEAS[codigo]
    etapas = [processo.comeca, *(passo.para for passo in processo.passos)]
    assert [passo.de for passo in processo.passos] == etapas[:-1]
    assert len(set(etapas)) == len(etapas)
    assert etapas[-1] in processo.finais


@TODOS
def test_a_tabela_so_tem_o_que_se_conhece_e_toda_etapa_tem_nome(codigo):
    dados = yaml.safe_load((PASTA / f"{codigo}.yaml").read_text(encoding="utf-8"))
    processo = fluxo(codigo)

    linhas = dados["passos"] + dados["desvios"]
    assert all(set(linha) <= CHAVES and all(linha.values()) for linha in linhas)
    assert {p.de for p in processo.todos} | {p.para for p in processo.todos} == set(processo.etapas)
    assert all(processo.etapas.values())
    assert all(p.prazo is None or p.prazo.desde in processo.etapas for p in processo.todos)
    assert {p.alinea for p in processo.desvios} <= set(ALINEAS[codigo])


@TODOS
def test_em_cada_etapa_um_ato_de_um_orgao_leva_a_um_so_lugar(codigo):
    pares = [(passo.de, passo.ato, passo.quem) for passo in fluxo(codigo).todos]

    assert len(pares) == len(set(pares))


@TODOS
def test_de_toda_etapa_se_chega_a_um_fim_e_toda_etapa_se_alcanca(codigo):
    processo = fluxo(codigo)
    chegam = set(processo.finais)
    for _ in processo.etapas:
        chegam |= {passo.de for passo in processo.todos if passo.para in chegam}
    alcancadas = {processo.comeca}
    for _ in processo.etapas:
        alcancadas |= {passo.para for passo in processo.todos if passo.de in alcancadas}

    assert chegam == alcancadas == set(processo.etapas)


@TODOS
@given(dados=st.data())
def test_nenhuma_sequencia_fica_sem_passo_pula_passo_ou_deixa_agir_o_orgao_errado(codigo, dados):
    tabela = fluxo(codigo)
    processo = Processo(fluxo=tabela)
    atos = sorted({passo.ato for passo in tabela.todos})
    dia = date(2006, 1, 2)
    for _ in range(dados.draw(st.integers(1, 14))):
        antes = processo
        # Metade das vezes um ato que cabe; nas outras, qualquer um, de qualquer órgão.
        if processo.proximos and dados.draw(st.booleans()):
            passo = dados.draw(st.sampled_from(processo.proximos))
            ato, quem = passo.ato, passo.quem
        else:
            ato, quem = dados.draw(st.sampled_from(atos)), dados.draw(st.sampled_from(Orgao))
        dia += timedelta(days=dados.draw(st.integers(0, 40)))
        fixa = any(p.fixa_prazo for p in processo.proximos if p.ato == ato)
        try:
            processo = agir(
                processo=processo, ato=ato, quem=quem, dia=dia, prazo_ate=dia + timedelta(days=10) if fixa else None
            )
        except AtoRecusado as recusa:
            assert str(recusa).endswith((".", ")", ").")) and processo is antes
            continue
        praticado = processo.atos[-1].passo
        assert (praticado.de, praticado.ato, praticado.quem) == (antes.etapa, ato, quem)
        assert praticado in tabela.todos
        assert bool(processo.proximos) != (processo.etapa in tabela.finais)
        _nada_foi_pulado(processo)


def _nada_foi_pulado(processo):
    """Os atos se emendam desde o começo, e quem chega ao fim da norma passou por todas as alíneas dela."""
    etapas = [processo.fluxo.comeca, *(praticado.passo.para for praticado in processo.atos)]
    assert [praticado.passo.de for praticado in processo.atos] == etapas[:-1]
    if processo.etapa == processo.fluxo.passos[-1].para:
        # Sem medidas acordadas não há medidas a avaliar (ADR 0107).
        sem_medidas = any(praticado.passo.ato == "registrar_falta_de_acordo" for praticado in processo.atos)
        devidas = {passo.alinea for passo in processo.fluxo.passos} - ({"f"} if sem_medidas else set())
        assert {praticado.passo.alinea for praticado in processo.atos} >= devidas


@TODOS
def test_quem_nao_e_da_vez_e_recusado_em_todas_as_etapas(codigo):
    tabela = fluxo(codigo)
    processo = Processo(fluxo=tabela)
    for passo in tabela.passos:
        da_vez = {outro.quem for outro in tabela.todos if (outro.de, outro.ato) == (passo.de, passo.ato)}
        for quem in set(Orgao) - da_vez:
            with pytest.raises(AtoRecusado, match=f"Quem pratica este ato é {passo.quem.com_artigo}"):
                agir(processo=processo, ato=passo.ato, quem=quem, dia=date(2006, 5, 2))
        limite = date(2006, 6, 1) if passo.fixa_prazo else None
        processo = agir(processo=processo, ato=passo.ato, quem=passo.quem, dia=date(2006, 5, 2), prazo_ate=limite)
    assert processo.terminou
    with pytest.raises(AtoRecusado, match="Não cabe mais nenhum ato"):
        agir(processo=processo, ato="publicar", quem=Orgao.CIB, dia=date(2006, 5, 2))


def test_so_o_municipio_e_o_df_tem_os_trinta_dias():
    prazos = {
        (codigo, passo.alinea): (passo.prazo.dias, passo.prazo.desde)
        for codigo in CODIGOS
        for passo in fluxo(codigo).todos
        if passo.prazo
    }

    assert prazos == {
        ("habilitacao-municipio", "f"): (30, "protocolada"),
        ("habilitacao-df", "f"): (30, "protocolada"),
    }


def test_o_prazo_so_corre_do_protocolo_e_acaba_quando_o_ato_se_pratica():
    tabela = fluxo("habilitacao-df")
    encaminhar = tabela.passos[5]
    processo = Processo(fluxo=tabela)
    vistos = []
    for passo in tabela.passos[:7]:
        processo = agir(processo=processo, ato=passo.ato, quem=passo.quem, dia=date(2006, 3, 1))
        conta = vencimento(processo=processo, passo=encaminhar, calendario=DiasUteis())
        vistos.append(conta and conta.dia)

    assert vistos == [None, None, *[date(2006, 3, 31)] * 3, None, None]
    assert vencimento(processo=processo, passo=tabela.passos[0], calendario=DiasUteis()) is None


def test_o_que_nao_existe_se_diz_e_o_prazo_que_nao_cabe_tambem():
    processo = Processo(fluxo=fluxo("recurso"))

    with pytest.raises(FluxoDesconhecido, match="Os que existem: habilitacao-municipio"):
        fluxo("habilitacao-distrital")
    with pytest.raises(AtoRecusado, match="“assinar o termo” não existe neste processo"):
        agir(processo=processo, ato="assinar_o_termo", quem=Orgao.CIB, dia=date(2006, 5, 2))
    with pytest.raises(AtoRecusado, match="Este ato não fixa prazo"):
        agir(
            processo=processo, ato="recorrer_ao_ceas", quem=Orgao.CMAS, dia=date(2006, 5, 2), prazo_ate=date(2006, 6, 2)
        )
