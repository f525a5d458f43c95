"""Achar quem chega, escrito de um jeito ou de outro, sem sair do município."""

from __future__ import annotations

from datetime import date

import pytest

from suas.atendimento.familias import fonetica
from suas.atendimento.familias.consultas import busca
from suas.atendimento.familias.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.tests.fabricas import VITORIA

SERRA = "3205002"


@pytest.mark.parametrize(
    "um, outro",
    [
        ("luiz", "luis"),
        ("souza", "sousa"),
        ("thereza", "teresa"),
        ("wagner", "vagner"),
        ("felipe", "phelippe"),
        ("yasmin", "iasmim"),
        ("gisele", "jizele"),
        ("victor", "vitor"),
        ("walter", "valter"),
        ("helena", "elena"),
        ("manoel", "manuel"),
        ("roseane", "rosiane"),
    ],
)
def test_o_mesmo_nome_escrito_de_dois_jeitos_soa_igual(um, outro):
    assert fonetica.som(um) == fonetica.som(outro)


@pytest.mark.parametrize("um, outro", [("maria", "mario"), ("ana", "ada"), ("pedro", "paulo"), ("joana", "jane")])
def test_nomes_diferentes_nao_soam_igual(um, outro):
    assert fonetica.som(um) != fonetica.som(outro)


@pytest.mark.parametrize("palavra", ["", "h", "s", "a", "ç", "kkk"])
def test_palavra_estranha_tem_som_sem_erro(palavra):
    assert isinstance(fonetica.som(palavra), str)


def test_o_que_se_digita_separa_se_em_nome_numero_e_dia():
    pedido = busca.ler("maria da souza 21/03/1985")

    assert pedido.palavras == ("maria", "souza")
    assert pedido.nascimento == date(1985, 3, 21)
    assert busca.ler("529.982.247-25").numero == "52998224725"
    assert busca.ler("31/02/1985").vazio, "dia que não existe não é busca"
    assert busca.ler("12").vazio, "dois algarismos não são documento"


@pytest.fixture
def cras(db):
    return rede.unidade("CRAS Centro")


def achar(texto, unidade):
    return [a.pessoa.nome for a in busca.procurar(texto, municipio=unidade.municipio_id, unidade=unidade.pk)]


@pytest.mark.django_db
def test_acha_por_pedaco_pelo_som_pelo_documento_e_pelo_nascimento(cras):
    cpf, nis = fabricas.cpf(), fabricas.nis()
    fabricas.familia(cras, nome="Luiz Souza do Exemplo", cpf=cpf, nascimento=date(1985, 3, 21))
    fabricas.familia(cras, nome="Maria do Exemplo", nis=nis, nome_social="Mário do Exemplo")

    assert achar("lui sou", cras) == ["Luiz Souza do Exemplo"]
    assert achar("Luís Sousa", cras) == ["Luiz Souza do Exemplo"]
    assert achar(cpf, cras) == ["Luiz Souza do Exemplo"]
    assert achar(nis, cras) == ["Maria do Exemplo"]
    assert achar("21/03/1985", cras) == ["Luiz Souza do Exemplo"]
    assert achar("mário", cras) == ["Maria do Exemplo"], "o nome social também se acha"
    assert achar("joaquim", cras) == []


@pytest.mark.django_db
def test_quem_foi_escrito_como_se_digitou_vem_antes_de_quem_so_soa_igual(cras):
    fabricas.familia(cras, nome="Luís do Exemplo")
    fabricas.familia(cras, nome="Luiz do Exemplo")

    assert achar("luiz", cras) == ["Luiz do Exemplo", "Luís do Exemplo"]


@pytest.mark.django_db
def test_ninguem_de_outro_municipio_se_acha(cras):
    fabricas.familia(rede.unidade("CRAS da Serra", onde=SERRA), nome="Luiz do Exemplo")

    assert cras.municipio_id == VITORIA
    assert achar("luiz", cras) == []


@pytest.mark.django_db
def test_a_busca_faz_as_mesmas_consultas_com_uma_e_com_vinte_pessoas(cras, django_assert_num_queries):
    fabricas.familia(cras, nome="Luiz Um")
    with django_assert_num_queries(8):
        achar("luiz", cras)
    for numero in range(19):
        fabricas.familia(cras, nome=f"Luiz {numero}")

    with django_assert_num_queries(8):
        assert len(achar("luiz", cras)) == 20
