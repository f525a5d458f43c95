import pytest
from django.db import connection, transaction
from django.urls import reverse

from suas.nucleo.fila import acoes
from suas.nucleo.fila.models import Andamento, Estado
from suas.nucleo.fila.tests import mundo_da_fila as mundo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.papeis import GESTAO_ESTADUAL

pytestmark = pytest.mark.django_db


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


def test_nos_testes_a_tarefa_corre_no_fim_do_ato_e_nao_antes():
    mundo.criar_tabela_dos_efeitos()
    with transaction.atomic():
        mundo.simples.enqueue("a")
        assert mundo.efeitos() == []

    assert mundo.efeitos() == ["a"]
    assert connection.run_on_commit == []
