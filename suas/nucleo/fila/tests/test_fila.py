from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from suas.nucleo.fila import acoes
from suas.nucleo.fila.models import Andamento, Estado, Rotina
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.papeis import GESTAO_ESTADUAL

pytestmark = pytest.mark.django_db
# 10h00 de Brasília
MANHA = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)


@pytest.fixture
def rotina(monkeypatch):
    """Uma rotina que corre todo dia às 9h de Brasília e conta quantas vezes correu."""
    corridas = []

    def executar(em):
        corridas.append(em)
        return f"{len(corridas)} vez"

    declarada = acoes.RotinaDeclarada(nome="teste.contar", cron="0 9 * * *", executar=executar)
    monkeypatch.setattr(acoes, "_ROTINAS", {declarada.nome: declarada})
    return corridas


def andamento(abrangencia="32"):
    return acoes.abrir(titulo="Simular", abrangencia=abrangencia, em=fabricas.AGORA)


def test_andamento_passa_por_etapas_e_termina_com_palavras():
    atual = andamento()

    acoes.contar(atual, etapa="lendo os insumos", feito=50, total=200)
    atual.refresh_from_db()
    assert (atual.estado, atual.porcentagem, atual.terminou) == (Estado.FAZENDO, 25, False)

    acoes.encerrar(atual, mensagem="78 municípios calculados.", em=fabricas.AGORA)
    atual.refresh_from_db()
    assert (atual.porcentagem, atual.terminou, atual.mensagem) == (100, True, "78 municípios calculados.")


def test_andamento_so_chega_a_cem_quando_termina():
    assert Andamento(estado=Estado.FAZENDO, feito=200, total=200).porcentagem == 99


@pytest.mark.parametrize("abrangencia, situacao", [("32", 200), ("33", 404)])
def test_andamento_so_existe_na_abrangencia(client, abrangencia, situacao):
    atual = andamento("32")
    client.force_login(fabricas.pessoa_com_vinculo(GESTAO_ESTADUAL, abrangencia))

    assert client.get(reverse("andamento", args=[atual.pk])).status_code == situacao


def test_andamento_terminado_pede_a_pagina_inteira(client):
    atual = andamento()
    client.force_login(fabricas.pessoa_com_vinculo())
    assert "HX-Refresh" not in client.get(reverse("andamento", args=[atual.pk]))

    acoes.encerrar(atual, mensagem="Faltam insumos de 3 municípios.", falhou=True, em=fabricas.AGORA)
    resposta = client.get(reverse("andamento", args=[atual.pk]))

    assert resposta["HX-Refresh"] == "true"
    assert "Faltam insumos de 3 municípios." in resposta.content.decode()


def test_rotina_nova_espera_o_proximo_horario(rotina):
    assert acoes.vencidas(em=MANHA) == []
    assert acoes.vencidas(em=MANHA + timedelta(hours=1)) == []
    assert [r.nome for r in acoes.vencidas(em=MANHA + timedelta(days=1))] == ["teste.contar"]


def test_rotina_corre_uma_vez_por_horario(rotina):
    acoes.vencidas(em=MANHA)
    amanha = MANHA + timedelta(days=1)

    acoes.executar_rotina(nome="teste.contar", em=amanha)

    assert acoes.vencidas(em=amanha + timedelta(hours=2)) == []
    assert rotina == [amanha]
    assert Rotina.objects.get(pk="teste.contar").ultimo_resultado == "1 vez"


def test_dois_relogios_no_mesmo_instante_executam_uma_vez(rotina):
    acoes.executar_rotina(nome="teste.contar", em=MANHA)
    acoes.executar_rotina(nome="teste.contar", em=MANHA)

    assert rotina == [MANHA]


def test_o_relogio_executa_o_que_venceu_e_sai(rotina):
    Rotina.objects.create(nome="teste.contar", ultima_em=datetime(2020, 1, 1, tzinfo=UTC))

    call_command("relogio", "--uma-vez")

    assert len(rotina) == 1
