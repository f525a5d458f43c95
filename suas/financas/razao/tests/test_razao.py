"""O razão: lança tudo ou nada, não repete, não muda, estorna, fecha e soma."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suas.financas.razao import acoes, consultas
from suas.financas.razao.models import Conta, Lancamento, SaldoDiario
from suas.financas.razao.tests.fabricas import AGORA, MARCO, ator, contas, partida
from suas.financas.razao.verificacao import verificar
from suas.nucleo.trilha.models import Alteracao, Ato

pytestmark = pytest.mark.django_db


def lancar(*partidas, por=None):
    return acoes.lancar(partidas=partidas, por=por or ator(), em=AGORA)


def test_lanca_numerando_sem_buraco_e_soma_os_dois_lados():
    bancos, receita, despesa = contas()

    feito = lancar(partida(bancos, receita, 450_000, "a"), partida(despesa, bancos, 120_050, "b"))

    assert (feito.novos, feito.repetidos, feito.numero) == (2, 0, 2)
    assert list(Lancamento.objects.values_list("numero", flat=True)) == [1, 2]
    assert [consultas.saldo(conta=c) for c in (bancos, receita, despesa)] == [329_950, 450_000, 120_050]
    balancete = consultas.balancete(abrangencia="3205309")
    assert (balancete.debitos, balancete.creditos, balancete.fecha) == (570_050, 570_050, True)
    assert verificar().inteiro
    assert Ato.objects.filter(ato="razao.lancar").count() == 1
    assert not Alteracao.objects.filter(tabela="razao_lancamento").exists(), "o razão é a própria prova"


def test_repetir_o_lote_nao_muda_nada_e_a_chave_com_outro_valor_e_recusada():
    bancos, receita, _ = contas()
    lote = [partida(bancos, receita, 100, f"p{n}") for n in range(3)]
    lancar(*lote)

    repetido = lancar(*lote, partida(bancos, receita, 5, "nova"))

    assert (repetido.novos, repetido.repetidos, repetido.numero) == (1, 3, 4)
    assert consultas.saldo(conta=bancos) == 305
    with pytest.raises(acoes.LancamentoRecusado, match=r"já é do lançamento 1, de R\$ 1,00 em 10/03/2026"):
        lancar(partida(bancos, receita, 200, "p0"))
    with pytest.raises(acoes.LancamentoRecusado, match="aparece duas vezes"):
        lancar(partida(bancos, receita, 1, "x"), partida(bancos, receita, 2, "x"))


def test_o_lote_entra_inteiro_ou_nao_entra():
    bancos, receita, _ = contas()

    with pytest.raises(acoes.LancamentoRecusado, match="o valor é maior que zero"):
        lancar(partida(bancos, receita, 100, "a"), partida(bancos, receita, 0, "b"))

    assert not Lancamento.objects.exists()
    assert not SaldoDiario.objects.exists()
    with pytest.raises(acoes.LancamentoRecusado, match="são da mesma conta"):
        lancar(partida(bancos, bancos, 100, "a"))
    with pytest.raises(acoes.LancamentoRecusado, match="2 contas não são deste livro"):
        lancar(partida(bancos, receita, 100, "a"), por=ator("3200102"))


def test_o_estorno_troca_as_contas_fica_ligado_e_nao_se_repete():
    bancos, receita, _ = contas()
    lancar(partida(bancos, receita, 100, "a"))
    errado = Lancamento.objects.get()

    estorno = acoes.estornar(lancamento=errado, dia=MARCO, motivo="valor errado", por=ator(), em=AGORA)
    de_novo = acoes.estornar(lancamento=errado, dia=MARCO, motivo="valor errado", por=ator(), em=AGORA)

    assert (estorno, estorno.estorna, estorno.debito) == (de_novo, errado, errado.credito)
    assert estorno.historico == "Estorno do lançamento 1: valor errado"
    assert consultas.saldo(conta=bancos) == 0
    assert verificar().inteiro
    with pytest.raises(acoes.LancamentoRecusado, match="já é um estorno"):
        acoes.estornar(lancamento=estorno, dia=MARCO, motivo="x", por=ator(), em=AGORA)


@pytest.mark.parametrize(
    ("dia", "motivo", "por", "frase"),
    [
        (MARCO, " ", "3205309", "Diga por que se estorna"),
        (MARCO - timedelta(days=1), "x", "3205309", "não pode vir antes dele"),
        (MARCO, "x", "3200102", "só no próprio livro"),
    ],
)
def test_o_estorno_que_nao_cabe(dia, motivo, por, frase):
    bancos, receita, _ = contas()
    lancar(partida(bancos, receita, 100, "a"))

    with pytest.raises(acoes.LancamentoRecusado, match=frase):
        acoes.estornar(lancamento=Lancamento.objects.get(), dia=dia, motivo=motivo, por=ator(por), em=AGORA)


def test_no_periodo_fechado_nada_se_lanca_nem_por_fora():
    bancos, receita, _ = contas()
    lancar(partida(bancos, receita, 100, "a"))
    acoes.fechar_periodo(ate=date(2026, 3, 31), por=ator(), em=AGORA)

    with pytest.raises(acoes.LancamentoRecusado, match="fechado até 31/03/2026, e “b” é de 10/03/2026"):
        lancar(partida(bancos, receita, 100, "b"))
    assert lancar(partida(bancos, receita, 100, "a")).repetidos == 1, "repetir o que já estava não é lançar"
    lancar(partida(bancos, receita, 100, "c", date(2026, 4, 1)))
    por_fora = Lancamento.objects.get(numero=1)
    por_fora.pk, por_fora.numero, por_fora.chave = None, 99, "por fora"
    with pytest.raises(DatabaseError, match="periodo esta fechado"), transaction.atomic():
        por_fora.save(force_insert=True)
    with pytest.raises(acoes.LancamentoRecusado, match="já está fechado até 31/03/2026"):
        acoes.fechar_periodo(ate=date(2026, 2, 28), por=ator(), em=AGORA)
    with pytest.raises(acoes.LancamentoRecusado, match="ainda não passou"):
        acoes.fechar_periodo(ate=AGORA.date(), por=ator(), em=AGORA)


@pytest.mark.parametrize("sql", ["UPDATE {} SET abrangencia = abrangencia", "DELETE FROM {}"])
@pytest.mark.parametrize("tabela", ["razao_lancamento", "razao_conta", "razao_fechamento"])
def test_o_banco_recusa_mudar_e_apagar(tabela, sql):
    bancos, receita, _ = contas()
    lancar(partida(bancos, receita, 100, "a"))
    acoes.fechar_periodo(ate=date(2026, 3, 31), por=ator(), em=AGORA)

    with (
        pytest.raises(DatabaseError, match="so recebe acrescimos"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(tabela))


@pytest.mark.parametrize(
    "mudado",
    [{"centavos": 0}, {"centavos": -1}, {"numero": 0}, {"numero": 1}, {"chave": "a"}, {"debito": "credito"}],
    ids=str,
)
def test_o_banco_recusa_lancamento_que_nao_fecha_ou_se_repete(mudado):
    bancos, receita, _ = contas()
    lancar(partida(bancos, receita, 100, "a"))
    copia = Lancamento.objects.get()
    copia.pk, copia.numero, copia.chave = None, 2, "b"
    for campo, valor in mudado.items():
        setattr(copia, campo, copia.credito if valor == "credito" else valor)

    with pytest.raises(IntegrityError), transaction.atomic():
        copia.save(force_insert=True)


def test_o_banco_recusa_conta_de_outro_livro():
    bancos, receita, _ = contas()
    lancar(partida(bancos, receita, 100, "a"))
    outro, *_ = contas("3200102")
    copia = Lancamento.objects.get()
    copia.pk, copia.numero, copia.chave, copia.debito = None, 2, "b", outro

    with pytest.raises(DatabaseError, match="de outro livro"), transaction.atomic():
        copia.save(force_insert=True)


def test_abrir_contas_de_novo_devolve_as_mesmas_e_so_no_proprio_livro():
    assert contas() == contas()
    assert Conta.objects.count() == 3
    with pytest.raises(acoes.LancamentoRecusado, match="só no próprio livro"):
        acoes.abrir_contas(contas=[Conta(abrangencia="32", codigo="1", nome="x")], por=ator(), em=AGORA)


def test_os_saldos_por_dimensao_por_dia_e_o_extrato():
    bancos, receita, despesa = contas()
    abril = date(2026, 4, 5)
    lancar(partida(bancos, receita, 300, "a"), partida(bancos, receita, 50, "b", abril))
    lancar(partida(despesa, bancos, 20, "c", abril))

    assert consultas.saldo(conta=bancos, ate=MARCO) == 300
    assert consultas.saldos_por(abrangencia="3205309", dimensao="piso", codigo="4.1") == {"PBF": 350}
    assert consultas.saldos_por(abrangencia="3205309", dimensao="exercicio", codigo="3.1", ate=MARCO) == {}
    assert [la.chave for la in consultas.extrato(conta=bancos, desde=abril, ate=abril)] == ["b", "c"]
    assert consultas.balancete(abrangencia="32").linhas == ()


def test_refazer_os_saldos_da_os_mesmos():
    bancos, receita, despesa = contas()
    lancar(partida(bancos, receita, 300, "a"), partida(despesa, bancos, 20, "c"))
    antes = set(SaldoDiario.objects.values_list("conta", "dia", "debitos", "creditos"))

    assert acoes.refazer_saldos(abrangencia="3205309") == 3

    assert set(SaldoDiario.objects.values_list("conta", "dia", "debitos", "creditos")) == antes


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lotes=st.lists(
        st.lists(
            st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(-5, 10**9), st.integers(0, 40)), max_size=5
        ),
        max_size=5,
    )
)
def test_qualquer_sequencia_de_lotes_deixa_o_razao_em_equilibrio(lotes):
    with transaction.atomic():
        do_livro = contas()
        for numero, lote in enumerate(lotes):
            partidas = [
                partida(do_livro[d], do_livro[c], valor, f"{numero}-{n}", MARCO + timedelta(days=dias))
                for n, (d, c, valor, dias) in enumerate(lote)
            ]
            cabe = all(p.centavos > 0 and p.debito != p.credito for p in partidas)
            if cabe:
                assert lancar(*partidas).novos == len(partidas)
                assert lancar(*partidas).novos == 0
            else:
                with pytest.raises(acoes.LancamentoRecusado):
                    lancar(*partidas)
        resultado = verificar()
        assert resultado.inteiro, resultado.faltas
        assert consultas.balancete(abrangencia="3205309").fecha
        transaction.set_rollback(True)


def test_o_historico_repetido_com_outra_palavra_e_o_mesmo_lancamento():
    bancos, receita, _ = contas()
    lancar(partida(bancos, receita, 100, "a"))

    assert lancar(replace(partida(bancos, receita, 100, "a"), historico="outro")).repetidos == 1
