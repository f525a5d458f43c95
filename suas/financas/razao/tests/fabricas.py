"""Um livro de teste: bancos, obrigações com municípios e despesas, e alguns lançamentos."""

from __future__ import annotations

from datetime import UTC, date, datetime

from suas.financas.razao import acoes
from suas.financas.razao.models import Conta, Natureza
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL

AGORA = datetime(2026, 6, 30, 12, tzinfo=UTC)
MARCO = date(2026, 3, 10)


def ator(abrangencia: str = "3205309") -> Ator:
    """Quem escreve no livro do ente; sem pessoa, como uma tarefa."""
    return Ator(pessoa=None, vinculo=None, papel=GESTAO_MUNICIPAL, abrangencia=abrangencia)


def contas(abrangencia: str = "3205309") -> tuple[Conta, Conta, Conta]:
    """Bancos, repasses recebidos (PBF) e despesa do serviço, no livro do ente."""
    bancos, receita, despesa = acoes.abrir_contas(
        contas=[
            Conta(abrangencia=abrangencia, codigo="1.1", nome="Bancos", natureza=Natureza.ATIVO, bloco="PSB"),
            Conta(
                abrangencia=abrangencia, codigo="4.1", nome="Repasses recebidos", natureza=Natureza.RECEITA,
                bloco="PSB", piso="PBF", exercicio="2026",
            ),
            Conta(
                abrangencia=abrangencia, codigo="3.1", nome="Serviços", natureza=Natureza.DESPESA, bloco="PSB",
                exercicio="2026",
            ),
        ],
        por=ator(abrangencia),
        em=AGORA,
    )  # fmt: skip
    return bancos, receita, despesa


def partida(debito: Conta, credito: Conta, centavos: int, chave: str, dia: date = MARCO) -> acoes.Partida:
    """Uma partida pronta para lançar."""
    return acoes.Partida(
        debito=debito.pk, credito=credito.pk, centavos=centavos, dia=dia, documento=f"OB {chave}", chave=chave,
        historico="Repasse de teste",
    )  # fmt: skip


def cena() -> None:
    """Uma linha em cada tabela, no livro da capital do Espírito Santo."""
    bancos, receita, _ = contas()
    acoes.lancar(partidas=[partida(bancos, receita, 450_000, "2026-03")], por=ator(), em=AGORA)
    acoes.fechar_periodo(ate=date(2026, 4, 30), por=ator(), em=AGORA)
