"""A planilha grande: confere-se sem segurar o banco, e o que se grava é sempre o que se acabou de conferir."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection

from suas.cadastros.territorio.importadores import POPULACAO
from suas.cadastros.territorio.models import Municipio, Populacao
from suas.cadastros.territorio.tests.fabricas import municipio
from suas.nucleo.importacoes import registro, tarefas
from suas.nucleo.importacoes.acoes import aplicacao
from suas.nucleo.importacoes.models import Situacao
from suas.nucleo.importacoes.tests.fabricas import AGORA, BOA, SERRA, VITORIA, ator, receber
from suas.nucleo.trilha.consultas import marca_das_tabelas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pela_fila(monkeypatch):
    for codigo in (VITORIA, SERRA):
        municipio(codigo)
    monkeypatch.setattr(tarefas, "LINHAS_NA_HORA", 1)


@pytest.fixture
def conferencias(monkeypatch):
    """Cada conferência, se em transação; e o que outra pessoa faz enquanto ela corre."""

    class Conferencias(list[bool]):
        enquanto = staticmethod(lambda vez: None)

    feitas = Conferencias()
    de_verdade = aplicacao.conferir

    def conferir(*posicionais, **nomeados):
        feitas.append(any(not bloco._from_testcase for bloco in connection.atomic_blocks))
        feita = de_verdade(*posicionais, **nomeados)
        feitas.enquanto(len(feitas))
        return feita

    monkeypatch.setattr(aplicacao, "conferir", conferir)
    return feitas


def aplicar(django_capture_on_commit_callbacks, conferencias, importador=POPULACAO):
    """Recebe e aplica pela fila; devolve a planilha e como se conferiu ao aplicar."""
    with django_capture_on_commit_callbacks(execute=True):
        importacao = receber(importador=importador)
    importacao.refresh_from_db()
    assert importacao.situacao == Situacao.PRONTA
    antes = len(conferencias)
    with django_capture_on_commit_callbacks(execute=True):
        tarefas.aplicar(importacao=importacao, importador=importador, por=ator(), em=AGORA)
    importacao.refresh_from_db()
    return importacao, conferencias[antes:]


def habitantes():
    return dict(Populacao.objects.filter(ano=2022).values_list("municipio_id", "habitantes"))


def test_ninguem_espera_enquanto_se_confere(django_capture_on_commit_callbacks, conferencias):
    importacao, em_transacao = aplicar(django_capture_on_commit_callbacks, conferencias)

    assert importacao.situacao == Situacao.APLICADA
    assert em_transacao == [False]
    assert habitantes() == {VITORIA: 365_855, SERRA: 527_240}


def test_o_que_alguem_grava_enquanto_se_confere_faz_conferir_de_novo(django_capture_on_commit_callbacks, conferencias):
    def extinguir(vez):
        if vez == 2:  # a primeira é a de quem envia; a segunda, a de antes de gravar
            Municipio.objects.filter(pk=SERRA).update(ate_ano=2010)

    conferencias.enquanto = extinguir
    importacao, em_transacao = aplicar(django_capture_on_commit_callbacks, conferencias)

    assert em_transacao == [False, False]
    assert importacao.situacao == Situacao.COM_FALTAS
    assert habitantes() == {}


def test_se_gravam_sem_parar_confere_se_dentro_da_transacao(django_capture_on_commit_callbacks, conferencias):
    conferencias.enquanto = lambda vez: Municipio.objects.filter(pk=SERRA).update(desde_ano=1900 + vez)

    importacao, em_transacao = aplicar(django_capture_on_commit_callbacks, conferencias)

    assert em_transacao == [False, False, False, True]
    assert importacao.situacao == Situacao.APLICADA
    assert habitantes() == {VITORIA: 365_855, SERRA: 527_240}


def test_o_tipo_que_nao_diz_de_onde_le_se_confere_dentro_da_transacao(
    monkeypatch, django_capture_on_commit_callbacks, conferencias
):
    sem = replace(POPULACAO, codigo="sem", le=())
    monkeypatch.setitem(registro._IMPORTADORES, "sem", sem)

    importacao, em_transacao = aplicar(django_capture_on_commit_callbacks, conferencias, sem)

    assert importacao.situacao == Situacao.APLICADA
    assert em_transacao == [True]


def test_o_que_cada_tipo_diz_que_le_e_contado_na_trilha():
    assert all(marca_das_tabelas(importador.le) >= 0 for importador in registro.importadores())
    with pytest.raises(ValueError, match="não conta"):
        marca_das_tabelas(["sessions.session"])


def test_so_se_aplica_a_conferencia_adiantada_que_ainda_vale():
    importacao = receber(BOA)
    adiantada = aplicacao.adiantar(importacao, POPULACAO, em=AGORA)
    comecada = aplicacao.comecar(importacao=importacao, importador=POPULACAO, por=ator(), em=AGORA)
    Populacao.objects.create(municipio_id=VITORIA, ano=2022, habitantes=1, fonte="x", tipo="censo")

    with pytest.raises(aplicacao.MudouEnquantoSeConferia):
        aplicacao.aplicar(importacao=comecada, importador=POPULACAO, por=ator(), em=AGORA, adiantada=adiantada)

    assert habitantes() == {VITORIA: 1}
