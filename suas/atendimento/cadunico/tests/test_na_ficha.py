"""O que o Cadastro Único diz, na página da família: à equipe que a acompanha, e a mais ninguém."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from suas.atendimento.cadunico.tests import fabricas
from suas.atendimento.familias.tests import fabricas as familias
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes import papeis

pytestmark = pytest.mark.django_db


@pytest.fixture
def prontuario():
    return familias.familia(rede.unidade("CRAS Centro"))


@pytest.fixture
def dita(prontuario):
    return fabricas.dito(prontuario, familias.integrante(prontuario.familia))


def cliente(papel, unidade):
    novo = Client()
    novo.force_login(identidade.pessoa_com_vinculo(papel, unidade.municipio_id, unidade=unidade.pk))
    return novo


def pagina(papel, prontuario, unidade=None):
    feita = cliente(papel, unidade or prontuario.unidade).get(reverse("familia", args=[prontuario.familia_id]))
    return feita.content.decode()


def test_a_equipe_ve_o_cadastro_a_idade_dele_e_onde_difere(prontuario, dita):
    texto = pagina(papeis.TECNICO_SUPERIOR, prontuario)

    assert "No Cadastro Único" in texto and "00000000191" in texto
    assert "há mais de 24 meses sem atualização" in texto
    assert "Caio dos Exemplos" in texto and "Caio do Exemplo" in texto


def test_a_recepcao_e_a_outra_unidade_nao_veem_a_renda_e_o_entrevistador_ve(prontuario, dita):
    vizinha = rede.unidade("CREAS Norte", tipo="creas")

    assert "No Cadastro Único" not in pagina(papeis.RECEPCAO, prontuario)
    assert "No Cadastro Único" not in pagina(papeis.TECNICO_SUPERIOR, prontuario, vizinha)
    assert "No Cadastro Único" in pagina(papeis.ENTREVISTADOR, prontuario)


def test_usar_o_do_cadastro_muda_so_aquele_campo_e_repetir_nada_muda(prontuario, dita):
    tecnica = cliente(papeis.TECNICO_SUPERIOR, prontuario.unidade)
    endereco = reverse("cadunico-usar", args=[dita.pessoa_id, "nome"])

    tecnica.post(endereco)
    tecnica.post(endereco)

    dita.pessoa.refresh_from_db()
    assert (dita.pessoa.nome, dita.pessoa.versao) == ("Caio dos Exemplos", 2)


def test_campo_que_o_cadastro_nao_diz_e_recusado_em_palavras(prontuario, dita):
    tecnica = cliente(papeis.TECNICO_SUPERIOR, prontuario.unidade)

    for campo in ("cpf", "id"):
        resposta = tecnica.post(reverse("cadunico-usar", args=[dita.pessoa_id, campo]), follow=True)
        assert "não diz isso desta pessoa" in resposta.content.decode()
