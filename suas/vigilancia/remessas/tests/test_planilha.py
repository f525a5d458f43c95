"""A planilha do mês: prévia com a falta na célula, tudo ou nada, e a mesma outra vez é igual."""

from __future__ import annotations

import pytest

from normas.base.competencia import Competencia
from normas.registros.leitura import formulario
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.importacoes import tarefas
from suas.nucleo.importacoes.acoes import aplicacao
from suas.nucleo.importacoes.registro import Linha
from suas.nucleo.importacoes.tests.fabricas import AGORA, receber
from suas.nucleo.permissoes import papeis
from suas.vigilancia.fatos import consultas as fatos
from suas.vigilancia.mensais.models import Envio
from suas.vigilancia.mensais.tests.fabricas import MES
from suas.vigilancia.remessas.importadores import IMPORTADORES, _itens

pytestmark = pytest.mark.django_db
DO_CRAS, DO_CREAS, _ = IMPORTADORES
ITENS = list(formulario("RMA-CRAS", em=MES).itens)


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro", identificador="32053091234")


@pytest.fixture
def vigilancia(cras):
    return identidade.ator(papeis.VIGILANCIA_MUNICIPAL, cras.municipio_id)


def planilha(*linhas):
    """Uma linha por unidade: o que a nomeia e os itens ditos; os outros, zero."""
    cabecalho = ";".join(["Unidade", *ITENS])
    corpo = [";".join([nome, *(str(itens.get(codigo, 0)) for codigo in ITENS)]) for nome, itens in linhas]
    return "\n".join([cabecalho, *corpo]) + "\n"


def trazer(conteudo, por, **respostas):
    respostas = {"mes": "10/2026"} | respostas
    return receber(conteudo, por=por, importador=DO_CRAS, **respostas)


def previa(importacao):
    return aplicacao.calcular(importacao, DO_CRAS, em=AGORA).previa


def aplicar(importacao, por):
    return tarefas.aplicar(importacao=importacao, importador=DO_CRAS, por=por, em=AGORA)


def test_a_planilha_envia_o_mes_das_unidades_pelo_codigo_ou_pelo_nome(cras, vigilancia):
    rede.unidade("CRAS Continental")
    trazida = trazer(planilha(("32053091234", {"A.1": 9}), ("cras continental", {"A.1": 30})), vigilancia)

    feita = aplicar(trazida, vigilancia)

    assert feita.get_situacao_display() == "aplicada"
    somas = fatos.do_lugar(cras.municipio_id, formulario="RMA-CRAS", competencia=MES)
    assert (somas.unidades, somas.itens["A.1"].total) == (2, 39)


def test_a_falta_cai_na_celula_com_os_numeros(cras, vigilancia):
    trazida = trazer(
        planilha(("32053091234", {"A.1": 5, "A.2": 8}), ("CRAS Outro", {}), ("x", {"A.1": "doze"})), vigilancia
    )

    faltas = {(falta.linha, falta.coluna): falta.mensagem for falta in previa(trazida).faltas}

    assert "A.2 = 8" in faltas[2, "A.2"]
    assert "não é unidade deste formulário" in faltas[3, "unidade"]
    assert "doze" in faltas[4, "A.1"]
    assert not Envio.objects.exists()


def test_a_mesma_planilha_outra_vez_e_igual_e_a_mudada_pede_o_motivo(cras, vigilancia):
    aplicar(trazer(planilha(("32053091234", {"A.1": 9})), vigilancia), vigilancia)

    igual = previa(trazer(planilha(("32053091234", {"A.1": 9})), vigilancia))
    sem = previa(trazer(planilha(("32053091234", {"A.1": 11})), vigilancia))
    com = trazer(planilha(("32053091234", {"A.1": 11})), vigilancia, motivo="Faltava um grupo inteiro")

    assert igual.contagem == {"nova": 0, "mudada": 0, "igual": 1}
    assert "diga em “motivo”" in sem.faltas[0].mensagem
    assert previa(com).linhas[0].celulas == (("A.1", "9", "11"),)
    aplicar(com, vigilancia)
    assert Envio.objects.count() == 2


def test_os_quadrinhos_e_o_bloco_nao_ofertado_viram_o_que_o_formulario_le():
    creas = formulario("RMA-CREAS", em=Competencia(2026, 10))
    celula = next(iter(creas.itens["B.6"].desdobramento.celulas))
    linha = Linha(
        numero=2, valores={"unidade": "x", "B.6": 3, f"B.6|{celula}": 3, "bloco III": True, "bloco IV": False}
    )

    assert _itens(linha) == {"B.6": {"total": 3, str(celula): 3}, "nao_oferta": ["III"]}


@pytest.mark.parametrize("importador", IMPORTADORES, ids=lambda importador: importador.codigo)
def test_o_modelo_tem_todo_item_e_quadrinho_e_nenhum_nome_repete(importador):
    versao = formulario(importador.codigo.upper(), em=MES)
    esperadas = sum(1 + len(i.desdobramento.celulas if i.desdobramento else ()) for i in versao.itens.values())

    assert sum(coluna.numero for coluna in importador.colunas) == esperadas
    nomes = [nome for coluna in importador.colunas for nome in coluna.nomes]
    assert len(nomes) == len(set(nomes))
