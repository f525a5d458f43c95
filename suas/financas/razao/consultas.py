"""O que se pergunta ao razão: saldos por conta e por dimensão, balancete e extrato. O saldo sai dos saldos por dia."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from suas.financas.razao.models import Conta, Fechamento, Lancamento, Natureza, SaldoDiario
from suas.nucleo import banco

Dimensao = Literal["bloco", "piso", "exercicio", "favorecido", "natureza"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinhaDoBalancete:
    """Uma conta com o que se debitou e creditou até o dia; `saldo` é do lado da natureza dela."""

    conta: Conta
    debitos: int
    creditos: int

    @property
    def saldo(self) -> int:
        """Em centavos, positivo quando está do lado em que a conta cresce."""
        diferenca = self.debitos - self.creditos
        return diferenca if Natureza(self.conta.natureza).devedora else -diferenca


@dataclass(frozen=True, slots=True, kw_only=True)
class Balancete:
    """As contas de um livro até um dia; débitos e créditos somam o mesmo."""

    linhas: tuple[LinhaDoBalancete, ...]

    @property
    def debitos(self) -> int:
        """A soma dos débitos."""
        return sum(linha.debitos for linha in self.linhas)

    @property
    def creditos(self) -> int:
        """A soma dos créditos."""
        return sum(linha.creditos for linha in self.linhas)

    @property
    def fecha(self) -> bool:
        """Se os dois lados somam o mesmo."""
        return self.debitos == self.creditos


def fechado_ate(abrangencia: str) -> date | None:
    """O último dia fechado do livro."""
    ultimo = Fechamento.objects.filter(abrangencia=abrangencia).order_by("-ate").first()
    return ultimo.ate if ultimo else None


def saldo(*, conta: Conta, ate: date | None = None) -> int:
    """O saldo de uma conta, em centavos, do lado da natureza dela; com `ate`, o do fim daquele dia."""
    dias = SaldoDiario.objects.filter(conta=conta)
    if ate is not None:
        dias = dias.filter(dia__lte=ate)
    soma = dias.aggregate(debitos=Sum("debitos"), creditos=Sum("creditos"))
    return LinhaDoBalancete(conta=conta, debitos=int(soma["debitos"] or 0), creditos=int(soma["creditos"] or 0)).saldo


def balancete(*, abrangencia: str, ate: date | None = None) -> Balancete:
    """O balancete de verificação do livro: cada conta com movimento, na ordem do código."""
    dias = SaldoDiario.objects.filter(abrangencia=abrangencia)
    if ate is not None:
        dias = dias.filter(dia__lte=ate)
    somas = {
        linha["conta"]: (int(linha["d"]), int(linha["c"]))
        for linha in dias.values("conta").order_by().annotate(d=Sum("debitos"), c=Sum("creditos"))
    }
    contas = Conta.objects.filter(abrangencia=abrangencia, pk__in=somas)
    return Balancete(
        linhas=tuple(
            LinhaDoBalancete(conta=conta, debitos=somas[conta.pk][0], creditos=somas[conta.pk][1]) for conta in contas
        )
    )


def saldos_por(*, abrangencia: str, dimensao: Dimensao, codigo: str, ate: date | None = None) -> dict[str, int]:
    """O saldo das contas de um código, somado por bloco, piso, exercício ou ente que recebe."""
    somas: dict[str, int] = {}
    for linha in balancete(abrangencia=abrangencia, ate=ate).linhas:
        if linha.conta.codigo == codigo:
            valor = str(getattr(linha.conta, dimensao))
            somas[valor] = somas.get(valor, 0) + linha.saldo
    return somas


def extrato(*, conta: Conta, desde: date, ate: date) -> QuerySet[Lancamento]:
    """Os lançamentos de uma conta entre dois dias, inclusive, na ordem do livro."""
    return (
        Lancamento.objects.filter(Q(debito=conta) | Q(credito=conta), dia__gte=desde, dia__lte=ate)
        .select_related("debito", "credito")
        .order_by("dia", "numero")
    )


def por_chave(*, abrangencia: str, chaves: list[str]) -> dict[str, Lancamento]:
    """Os lançamentos do livro que já têm estas chaves."""
    return {
        lancamento.chave: lancamento
        for lancamento in Lancamento.objects.filter(abrangencia=abrangencia, chave__in=banco.lista(chaves))
    }


def ultimo(abrangencia: str) -> tuple[int, str]:
    """O número e o resumo do último lançamento do livro; zero e vazio num livro sem lançamentos."""
    linha = (
        Lancamento.objects.filter(abrangencia=abrangencia).order_by("-numero").values_list("numero", "resumo").first()
    )
    return linha or (0, "")


def contas_do_livro(*, abrangencia: str, ids: set[UUID]) -> set[UUID]:
    """Quais destas contas são do livro."""
    return set(Conta.objects.filter(abrangencia=abrangencia, pk__in=ids).values_list("pk", flat=True))
