"""A planilha do fundo: cada ente traz o seu, e repetir não muda nada."""

from __future__ import annotations

import pytest

from suas.cadastros.fundos.importadores import FUNDO
from suas.cadastros.fundos.models import Fundo
from suas.cadastros.territorio.tests.fabricas import VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.importacoes import consultas, modelos, tarefas
from suas.nucleo.importacoes.tests.fabricas import receber
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL
from suas.nucleo.planilhas import pastas
from suas.nucleo.planilhas.celulas import Jeito
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
FMAS = "ibge;nome;cnpj;unidade orçamentária\n3205309;Fundo Municipal;00.000.000/0001-91;s\n32;Fundo Estadual;;\n"


@pytest.fixture(autouse=True)
def _lugar():
    municipio(VITORIA)


def test_entra_o_do_ente_muda_o_que_mudou_e_de_novo_nada_muda():
    por = ator(GESTAO_MUNICIPAL, VITORIA)

    for planilha in (FMAS, FMAS.replace("Fundo Municipal", "FMAS de Vitória"), FMAS.replace("Fundo Municipal", "")):
        importacao = receber(planilha, por=por, importador=FUNDO)
        tarefas.aplicar(importacao=importacao, importador=FUNDO, por=por, em=AGORA)

    fundo = Fundo.objects.get()
    assert (fundo.abrangencia, fundo.nome, fundo.unidade_orcamentaria) == (VITORIA, "FMAS de Vitória", True)
    assert fundo.versao == 2
    assert [Ato.objects.filter(ato=f"fundos.{ato}").count() for ato in ("registrar", "atualizar")] == [1, 1]


def test_o_fundo_novo_sem_nome_e_falta():
    importacao = receber("cnpj\n00.000.000/0001-91\n", por=ator(GESTAO_MUNICIPAL, VITORIA), importador=FUNDO)

    previa = consultas.previa_de(importacao)
    assert previa is not None
    assert [falta.coluna for falta in previa.faltas] == ["nome"]


def test_o_modelo_se_preenche_e_se_le_de_volta():
    quadro = pastas.ler(modelos.modelo(FUNDO, formato="xlsx"), reconhece=FUNDO.reconhece)

    assert all(FUNDO.reconhece(nome) for nome in quadro.colunas)
    assert all(
        coluna.ler(celula, Jeito()) is not None
        for coluna, celula in zip(FUNDO.do_modelo, quadro.linhas[0][1], strict=True)
    )
