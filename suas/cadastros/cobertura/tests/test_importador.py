"""A planilha dos territórios dos CRAS: famílias e bairros, sem apagar a área; repetir não muda nada."""

from __future__ import annotations

from datetime import date

import pytest

from suas.cadastros.cobertura.acoes import Abrange, definir_territorio
from suas.cadastros.cobertura.importador import TERRITORIOS
from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.rede.models import Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.importacoes import consultas, permissoes, tarefas
from suas.nucleo.importacoes.models import Importacao, Situacao
from suas.nucleo.importacoes.tests.fabricas import receber
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import COORDENACAO_UNIDADE, GESTAO_ESTADUAL, GESTAO_MUNICIPAL
from suas.nucleo.permissoes.recusa import SemPermissao

pytestmark = pytest.mark.django_db
CABECALHO = "identificador;município;unidade;famílias referenciadas;contadas em;bairros\n"
AREA = ((-20.30, -40.31), (-20.31, -40.31), (-20.31, -40.32))


@pytest.fixture(autouse=True)
def cras() -> Unidade:
    municipio(SERRA)
    return unidade("CRAS Centro", identificador="32053091234")


@pytest.fixture
def gestora() -> Ator:
    return ator(GESTAO_MUNICIPAL, VITORIA)


def conferir(linhas: str, por: Ator) -> Importacao:
    return receber((CABECALHO + linhas).encode("latin-1"), importador=TERRITORIOS, por=por)


def contas(importacao: Importacao) -> tuple[int, int, int, int]:
    return importacao.faltas, importacao.novas, importacao.mudadas, importacao.iguais


def test_entra_sem_outra_pessoa_aprovar_e_repetir_nao_muda_nada(cras: Unidade, gestora: Ator) -> None:
    linhas = "32053091234;3205309;;3.200;31/10/2026;Centro, Vila Nova | centro\n"

    aplicada = tarefas.aplicar(importacao=conferir(linhas, gestora), importador=TERRITORIOS, por=gestora, em=AGORA)

    assert aplicada.situacao == Situacao.APLICADA
    gravado = TerritorioDoCras.objects.get()
    assert (gravado.familias, gravado.familias_dia, gravado.bairros) == (
        3200,
        date(2026, 10, 31),
        ["Centro", "Vila Nova"],
    )
    assert contas(conferir(linhas, gestora)) == (0, 0, 0, 1)


def test_a_celula_vazia_e_a_area_desenhada_ficam_como_estao(cras: Unidade, gestora: Ator) -> None:
    abrange = Abrange(bairros=("Centro",), contorno=AREA, familias=3000, familias_dia=date(2026, 1, 31))
    definir_territorio(unidade=cras, abrange=abrange, versao=0, por=gestora, em=AGORA)
    linhas = ";Vitória/ES;cras centro;3100;31/10/2026;\n"

    conferida = conferir(linhas, gestora)
    tarefas.aplicar(importacao=conferida, importador=TERRITORIOS, por=gestora, em=AGORA)

    gravado = TerritorioDoCras.objects.get()
    assert contas(conferida) == (0, 0, 1, 0)
    assert (gravado.familias, gravado.bairros, len(gravado.contorno)) == (3100, ["Centro"], 3)


@pytest.mark.parametrize(
    ("linha", "frase"),
    [
        pytest.param("32053099999;3205309;;10;;\n", "não é de nenhuma unidade do cadastro", id="de ninguém"),
        pytest.param(";3205309;CREAS Sul;10;;\n", "só o CRAS tem território", id="não é CRAS"),
        pytest.param("32053091234;3205309;;-1;;\n", "-1", id="famílias negativas"),
        pytest.param("32053091234;3205309;;10;01/01/2090;\n", "ainda não chegou", id="contadas no futuro"),
        pytest.param(f"32053091234;3205309;;10;;{'x' * 120}\n", "longo demais", id="bairro que é um texto"),
        pytest.param("32053091234;3205002;;10;;\n", "em Vitória/ES", id="de outro município"),
    ],
)
def test_a_falta_diz_o_que_ha_na_celula_e_o_que_fazer(gestora: Ator, linha: str, frase: str) -> None:
    unidade("CREAS Sul", tipo="creas")

    conferida = conferir(linha, gestora)

    assert conferida.faltas == 1
    assert frase in consultas.previa_de(conferida).faltas[0].mensagem
    assert not TerritorioDoCras.objects.exists()


def test_e_so_do_municipio_e_nao_da_coordenacao_de_um_cras_nem_do_estado(cras: Unidade, gestora: Ator) -> None:
    assert permissoes.obter_importador_para_trazer(gestora, codigo="territorios-dos-cras") == TERRITORIOS
    for outro in (ator(GESTAO_ESTADUAL, "32"), ator(COORDENACAO_UNIDADE, VITORIA, unidade=cras.pk)):
        with pytest.raises(SemPermissao):
            permissoes.obter_importador_para_trazer(outro, codigo="territorios-dos-cras")
