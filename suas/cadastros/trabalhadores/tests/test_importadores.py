"""A folha de pessoal em planilha: entra uma vez, muda só o que difere e não tira ninguém."""

from __future__ import annotations

import pytest

from normas.base.documentos import cpf_com_pontos
from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.cadastros.trabalhadores.importadores import FOLHA
from suas.cadastros.trabalhadores.models import Lotacao, Trabalhador
from suas.cadastros.trabalhadores.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import ator
from suas.nucleo.importacoes import consultas, tarefas
from suas.nucleo.importacoes.tests import fabricas as planilhas
from suas.nucleo.permissoes import papeis

pytestmark = pytest.mark.django_db
COLUNAS = "cpf;nome;nascimento;profissao;lugar;funcao;vinculo;horas por semana;servico;desde\n"


@pytest.fixture
def gestora():
    return ator(papeis.GESTAO_MUNICIPAL, VITORIA)


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro", identificador="32053000001")


def linha(cpf, lugar="CRAS Centro", horas="30", nome="Bia do Exemplo", **mudancas):
    campos = {"nascimento": "02/05/1990", "servico": "PAIF", "desde": "01/03/2024"} | mudancas
    return (
        f"{cpf};{nome};{campos['nascimento']};Psicóloga(o);{lugar};Técnico(a) de nível superior;"
        f"Servidor(a) estatutário(a);{horas};{campos['servico']};{campos['desde']}\n"
    )


def trazer(texto, *, por):
    return planilhas.receber(COLUNAS + texto, por=por, importador=FOLHA)


def faltas(importacao):
    return {falta.coluna: falta.mensagem for falta in consultas.previa_de(importacao).faltas}


def aplicada(texto, *, por):
    importacao = trazer(texto, por=por)
    return tarefas.aplicar(importacao=importacao, importador=FOLHA, por=por, em=planilhas.AGORA)


def test_a_folha_entra_uma_vez_e_de_novo_nao_muda_nada(cras, gestora):
    cpf, outro = fabricas.cpf(), fabricas.cpf()
    folha = linha(cpf_com_pontos(cpf)) + linha(outro, lugar="Órgão gestor", nome="Caio do Exemplo")

    feita = aplicada(folha, por=gestora)
    repetida = trazer(folha, por=gestora)

    assert feita.situacao == "aplicada"
    lotacao = Lotacao.objects.get(trabalhador__cpf=cpf)
    assert (lotacao.unidade, lotacao.carga_horaria, lotacao.servico) == (cras, 30, "paif")
    assert Lotacao.objects.get(trabalhador__cpf=outro).orgao == "orgao_gestor"
    assert consultas.previa_de(repetida).contagem == {"nova": 0, "mudada": 0, "igual": 2}


def test_a_mesma_pessoa_em_dois_lugares_e_uma_so_no_cadastro(cras, gestora):
    cpf = fabricas.cpf()
    rede.unidade("CRAS Praia")

    aplicada(linha(cpf) + linha(cpf, lugar="CRAS Praia", horas="10"), por=gestora)

    assert Trabalhador.objects.get(cpf=cpf).lotacoes.count() == 2


def test_o_que_mudou_vale_de_hoje_em_diante_e_a_celula_vazia_nao_apaga_nada(cras, gestora):
    cpf = fabricas.cpf()
    aplicada(linha(cpf), por=gestora)

    aplicada(linha(cpf, horas="40", servico="", nome="Bia Nova do Exemplo"), por=gestora)

    velha, nova = Lotacao.objects.filter(trabalhador__cpf=cpf).order_by("desde")
    assert (velha.carga_horaria, velha.ate) == (30, nova.desde)
    assert (nova.carga_horaria, nova.servico) == (40, "paif")
    assert nova.trabalhador.nome == "Bia Nova do Exemplo"


def test_cada_falta_diz_a_celula_e_o_que_fazer_e_nada_entra(gestora, cras):
    de_fora = fabricas.trabalhador("Ana de Outro Lugar", abrangencia="3205002")
    rede.unidade("CRAS Igual")
    rede.unidade("CRAS Igual")

    por_coluna = {
        coluna: faltas(trazer(texto, por=gestora))[coluna]
        for coluna, texto in {
            "cpf": linha(de_fora.cpf),
            "lugar": linha(fabricas.cpf(), lugar="CRAS que não existe"),
            "carga_horaria": linha(fabricas.cpf(), horas="90"),
            "desde": linha(fabricas.cpf(), desde="31/12/2099"),
        }.items()
    }
    repetido = faltas(trazer(linha(fabricas.cpf(), lugar="CRAS Igual"), por=gestora))

    assert "outro território" in por_coluna["cpf"]
    assert "Ana" not in por_coluna["cpf"]
    assert "não se acha no cadastro" in por_coluna["lugar"]
    assert "escreva o identificador" in repetido["lugar"]
    assert Lotacao.objects.count() == 0
    assert "80" in por_coluna["carga_horaria"]
    assert "ainda não chegou" in por_coluna["desde"]


def test_o_identificador_serve_no_lugar_do_nome(cras, gestora):
    cpf = fabricas.cpf()

    aplicada(linha(cpf, lugar="32053000001"), por=gestora)

    assert Lotacao.objects.get(trabalhador__cpf=cpf).unidade == cras


@pytest.mark.parametrize(
    ("papel", "onde", "traz"),
    [
        (papeis.GESTAO_MUNICIPAL, VITORIA, True),
        (papeis.GESTAO_ESTADUAL, "32", True),
        (papeis.ADMINISTRACAO_FEDERAL, "BR", False),
    ],
)
def test_a_uniao_que_nao_tem_unidades_nao_traz_folha(papel, onde, traz):
    assert (FOLHA in consultas.que_importa(ator(papel, onde))) is traz
