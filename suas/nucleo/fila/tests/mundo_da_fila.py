"""Tarefas e tempos só dos testes da fila."""

from __future__ import annotations

import random
import time
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import OperationalError, connection, transaction

from suas.nucleo.fila import erros, posse
from suas.nucleo.fila.declarada import task
from suas.nucleo.fila.execucao import Execucao
from suas.nucleo.fila.models import Tarefa
from suas.nucleo.fila.posse import Ritmo

#: O ritmo de verdade, quarenta vezes mais depressa; nos testes de morte nenhuma tarefa é tida por veneno.
RITMO = Ritmo(
    batimento=timedelta(milliseconds=150),
    posse=timedelta(milliseconds=1200),
    espera=timedelta(milliseconds=20),
    fim=timedelta(milliseconds=400),
    recuo=timedelta(milliseconds=20),
    recuo_maximo=timedelta(milliseconds=200),
    defeitos=1000,
    quedas=30000,
)
EFEITO = "teste_da_fila_efeito"


def criar_tabela_dos_efeitos() -> None:
    """Sem unicidade: um efeito repetido tem de aparecer repetido."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {EFEITO} (chave varchar(60) NOT NULL)")


def efeitos() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT chave FROM {EFEITO} ORDER BY chave")
        return [linha[0] for linha in cursor.fetchall()]


def marcar(chave: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {EFEITO} (chave) VALUES (%s)", [chave])


@task(titulo="Tarefa simples")
def simples(chave: str) -> None:
    marcar(chave)


@task(takes_context=True, longa=True, titulo="Tarefa longa")
def longa(context: Execucao, chave: str) -> None:
    context.contar("Calculando", 1, 2)
    with context.concluir():
        marcar(chave)


@task(takes_context=True, longa=True, titulo="Tarefa longa que não conclui")
def sem_concluir(context: Execucao, chave: str) -> None:
    marcar(chave)


@task(titulo="Tarefa com defeito")
def com_defeito(chave: str) -> None:
    marcar(chave)
    raise ZeroDivisionError("1/0")


@task(titulo="Tarefa de servidor fora do ar", maximo=3)
def passageira(chave: str) -> None:
    marcar(chave)
    raise erros.Passageira("O servidor de correio não respondeu.")


@task(titulo="Tarefa sem banco")
def sem_banco(chave: str) -> None:
    marcar(chave)
    raise OperationalError("server closed the connection unexpectedly")


@task(titulo="Tarefa que pede outra")
def que_pede_outra(chave: str) -> None:
    marcar(chave)
    simples.enqueue(f"{chave}+")


@task(titulo="Tarefa que perde a posse")
def que_perde_a_posse(chave: str, tarefa: str) -> None:
    """Enquanto corre, outro a toma (como quem ficou sem bater por tempo demais)."""
    marcar(chave)
    Tarefa.objects.filter(pk=tarefa).update(token=uuid4())


@task(titulo="Tarefa que falha depois de feita")
def que_falha_depois(chave: str) -> None:
    def falhar() -> None:
        raise ZeroDivisionError

    marcar(chave)
    transaction.on_commit(falhar)


@task(titulo="Simples, devagar")
def devagar(chave: str) -> None:
    _pausa()
    marcar(chave)
    _pausa()


@task(takes_context=True, longa=True, titulo="Longa, devagar")
def longa_devagar(context: Execucao, chave: str) -> None:
    for passo in range(3):
        context.contar("Calculando", passo, 3)
        _pausa()
    with context.concluir():
        marcar(chave)
        _pausa()


@task(titulo="Pede outra, devagar")
def pede_outra_devagar(chave: str) -> None:
    marcar(chave)
    devagar.using(maximo=1000).enqueue(f"{chave}+")
    _pausa()


@task(takes_context=True, titulo="Falha na primeira vez")
def falha_na_primeira(context: Execucao, chave: str) -> None:
    marcar(chave)
    if context.attempt == 1:
        raise erros.Passageira("O outro servidor não respondeu.")


@task(takes_context=True, longa=True, titulo="Longa de dez segundos")
def de_dez_segundos(context: Execucao, chave: str) -> None:
    marcar(f"começou {chave}")
    for _ in range(1000):
        time.sleep(0.01)
    with context.concluir():
        marcar(chave)


@task(titulo="Trava para sempre", prazo=timedelta(seconds=2))
def trava(chave: str) -> None:
    marcar(chave)
    while True:
        time.sleep(0.01)


def _pausa() -> None:
    time.sleep(random.uniform(0, 0.05))


def tomar(em: datetime, trabalhador: UUID | None = None) -> Tarefa:
    """Toma a primeira, com um trabalhador vivo neste instante."""
    trabalhador = trabalhador or uuid4()
    posse.bater(trabalhador_id=trabalhador, nome="teste:1", papel="tarefas", em=em)
    tomada = posse.tomar(trabalhador_id=trabalhador, filas=(), em=em)
    assert tomada is not None
    return tomada
