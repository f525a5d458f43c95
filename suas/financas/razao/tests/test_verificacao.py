"""Quem adultera o razão tira antes os gatilhos; a verificação acha cada mudança, e o comando sai com 3."""

from __future__ import annotations

import json

import pytest

from suas.config import razao
from suas.financas.razao import acoes
from suas.financas.razao.models import Lancamento, SaldoDiario
from suas.financas.razao.tests.fabricas import AGORA, MARCO, ator, contas, partida
from suas.financas.razao.verificacao import verificar
from suas.nucleo import banco
from suas.nucleo.identidade.tests import fabricas

pytestmark = pytest.mark.django_db


@pytest.fixture
def livro():
    """Cinco lançamentos, com um estorno, e os gatilhos já tirados."""
    fabricas.instalacao()
    bancos, receita, despesa = contas()
    lote = [partida(bancos, receita, 100 + n, f"p{n}") for n in range(4)]
    acoes.lancar(partidas=lote, por=ator(), em=AGORA)
    acoes.estornar(lancamento=Lancamento.objects.get(numero=2), dia=MARCO, motivo="erro", por=ator(), em=AGORA)
    assert verificar().inteiro
    banco.soltar_gatilhos()
    return bancos, receita, despesa


def onde_falta():
    return [(f.onde, f.mensagem.split(":")[0]) for f in verificar().faltas if not f.onde.startswith("gatilho")]


@pytest.mark.parametrize(
    "mudanca",
    [
        {"historico": "outro"}, {"documento": "outro"}, {"chave": "outra"}, {"dia": "2026-03-11"}, {"resumo": "0" * 64},
    ],
    ids=lambda m: next(iter(m)),
)  # fmt: skip
def test_mudar_um_lancamento_e_achado_no_lugar(livro, mudanca):
    Lancamento.objects.filter(numero=3).update(**mudanca)

    acusados = {onde for onde, _ in onde_falta()}

    assert "livro 3205309, lançamento 3" in acusados
    so_o_resumo = {"livro 3205309, lançamento 4"} if "resumo" in mudanca else set()
    assert {o for o in acusados if o.startswith("livro")} == {"livro 3205309, lançamento 3"} | so_o_resumo


def test_mudar_o_valor_aparece_tambem_nos_saldos(livro):
    Lancamento.objects.filter(numero=3).update(centavos=999_999)

    acusados = onde_falta()

    assert acusados[0][0] == "livro 3205309, lançamento 3"
    assert len([onde for onde, _ in acusados if onde.startswith("saldo da conta")]) == 2


def test_apagar_deixa_buraco_e_quebra_a_corrente(livro):
    Lancamento.objects.filter(numero=3)._raw_delete("default")

    assert onde_falta()[0] == ("livro 3205309, lançamento 4", "depois do 2 devia vir o 3")


def test_o_saldo_mudado_se_acha_e_o_balancete_tambem(livro):
    bancos, *_ = livro
    SaldoDiario.objects.filter(conta=bancos).update(debitos=1)

    assert [onde for onde, _ in onde_falta()][-1] == "balancete"


def test_o_estorno_que_nao_desfaz_se_acha(livro):
    Lancamento.objects.filter(numero=5).update(debito=livro[2])

    assert ("livro 3205309, lançamento 5", "é um estorno que não desfaz o que diz desfazer") in onde_falta()


def test_sem_os_gatilhos_o_razao_nao_esta_inteiro(livro):
    assert any(f.onde == "gatilho razao_lancamento_recusa_update" for f in verificar().faltas)


def test_o_comando_sai_com_zero_no_livro_vazio_e_com_tres_no_adulterado(capsys):
    fabricas.instalacao()
    assert razao.main(["verificar"]) == 0
    assert capsys.readouterr().out.startswith("O razão está inteiro.\nLivros: 0. Lançamentos: 0")
    bancos, receita, _ = contas()
    acoes.lancar(partidas=[partida(bancos, receita, 100, "a")], por=ator(), em=AGORA)
    banco.soltar_gatilhos()
    Lancamento.objects.update(centavos=101)

    assert razao.main(["verificar", "--json"]) == 3

    dados = json.loads(capsys.readouterr().out)
    assert (dados["inteiro"], dados["lancamentos"]) == (False, 1)
    assert dados["faltas"][0]["onde"] == "livro 3205309, lançamento 1"
    assert razao.main(["verificar"]) == 3
    assert capsys.readouterr().out.startswith("O razão NÃO combina:")
