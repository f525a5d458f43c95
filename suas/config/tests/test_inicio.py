"""A fazer vazio leva à tarefa de cada papel."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import ator, instalacao
from suas.nucleo.permissoes import papeis
from suas.nucleo.tela import afazer

pytestmark = pytest.mark.django_db
DA_UNIDADE = "Abrir a ficha da unidade"
FAMILIA = "Procurar ou registrar uma família"
PARTILHAS = "Examinar as partilhas"


@pytest.fixture(autouse=True)
def _casa() -> None:
    instalacao()
    municipio(VITORIA)


@pytest.mark.parametrize(
    ("papel", "esperadas"),
    [
        (papeis.RECEPCAO, [FAMILIA]),
        (papeis.TECNICO_SUPERIOR, [FAMILIA]),
        (papeis.COORDENACAO_UNIDADE, [DA_UNIDADE, FAMILIA]),
    ],
)
def test_quem_e_de_uma_unidade_vai_a_familia_e_a_coordenacao_antes_a_unidade(papel, esperadas) -> None:
    da_casa = unidade()

    tarefas = afazer.tarefas_de(ator(papel, VITORIA, unidade=da_casa.pk))

    assert [rotulo for rotulo, _ in tarefas] == esperadas
    enderecos = {DA_UNIDADE: reverse("rede-unidade", args=[da_casa.pk]), FAMILIA: reverse("familias")}
    assert [endereco for _, endereco in tarefas] == [enderecos[rotulo] for rotulo in esperadas]


@pytest.mark.parametrize(
    ("papel", "onde", "primeira"),
    [
        (papeis.GESTAO_MUNICIPAL, VITORIA, "Cuidar da rede de unidades"),
        (papeis.GESTAO_ESTADUAL, "32", "Cuidar da rede de unidades"),
        (papeis.ADMINISTRACAO_FEDERAL, "BR", "Conduzir as partilhas"),
        (papeis.VIGILANCIA_ESTADUAL, "32", "Ver indicadores e mapas"),
        (papeis.SECRETARIA_CONSELHO, VITORIA, "Ver as inscrições de entidades"),
        (papeis.CONSELHEIRO, VITORIA, PARTILHAS),
        (papeis.SECRETARIA_CIB, "32", PARTILHAS),
        (papeis.CONTADOR, VITORIA, "Ver gestão, conselho e fundo"),
        (papeis.AUDITORIA, VITORIA, "Ver o que foi feito"),
        (papeis.OUVIDORIA, "BR", "Ver o tratamento de dados pessoais"),
    ],
)
def test_a_primeira_tarefa_e_a_do_papel(papel, onde, primeira) -> None:
    assert afazer.tarefas_de(ator(papel, onde))[0][0] == primeira


def test_toda_tarefa_oferecida_abre_e_a_pagina_vazia_a_mostra() -> None:
    da_casa = unidade()
    papeis_e_lugares = [
        (papel, VITORIA if "municipio" in papel.esferas else "32" if "uf" in papel.esferas else "BR")
        for papel in papeis.PAPEIS_DE_VINCULO
    ]
    for papel, onde in papeis_e_lugares:
        de_quem = ator(papel, onde, unidade=da_casa.pk if papel.casa == "unidade" else None)
        cliente = Client()
        cliente.force_login(de_quem.pessoa)
        for rotulo, endereco in afazer.tarefas_de(de_quem):
            assert cliente.get(endereco).status_code == 200, (papel.codigo, rotulo)

    recepcao = ator(papeis.RECEPCAO, VITORIA, unidade=da_casa.pk)
    cliente = Client()
    cliente.force_login(recepcao.pessoa)
    pagina = cliente.get(reverse("inicio")).content.decode()
    assert "Nada espera por você agora" in pagina
    assert f'<a class="botao botao-primario" href="{reverse("familias")}">{FAMILIA}</a>' in pagina
