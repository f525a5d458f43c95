"""Executar uma tarefa já tomada: o efeito e a conclusão na mesma transação."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.module_loading import import_string

from suas.nucleo.fila import acoes, erros, posse
from suas.nucleo.fila.declarada import TarefaDeclarada
from suas.nucleo.fila.models import Andamento, EstadoDaTarefa, Tarefa

registro = logging.getLogger(__name__)
Relogio = Callable[[], datetime]


class Execucao:
    """O que a tarefa recebe como `context`, se o pede (`takes_context=True`).

    A tarefa simples corre inteira na transação da conclusão. A longa calcula fora dela, conta o andamento, e grava tudo
    o que não pode repetir dentro de `with context.concluir():`; se a posse se perdeu, o bloco inteiro se desfaz.
    """

    def __init__(self, tarefa: Tarefa, *, relogio: Relogio) -> None:
        self.tarefa = tarefa
        self.relogio = relogio
        self.concluida = False

    @property
    def attempt(self) -> int:
        """Em que tentativa está, a partir de 1 (nome que o django-tasks dá)."""
        return self.tarefa.tentativas

    def contar(self, etapa: str, feito: int, total: int) -> None:
        """Diz a quem pediu em que etapa está. Só se vê de fora antes de `concluir`."""
        if self.tarefa.andamento_id:
            acoes.contar(Andamento(pk=self.tarefa.andamento_id), etapa=etapa, feito=feito, total=total)

    @contextmanager
    def concluir(self) -> Iterator[None]:
        """A transação do efeito e da conclusão. Uma vez por tarefa; fora de outra transação."""
        if self.concluida:
            raise RuntimeError("Esta tarefa já foi concluída: o efeito de uma tarefa é uma transação só.")
        with transaction.atomic(durable=True):
            yield
            posse.concluir(self.tarefa, em=self.relogio())
        self.concluida = True


def executar(
    tarefa: Tarefa,
    *,
    relogio: Relogio,
    ritmo: posse.Ritmo = posse.RITMO,
    sorteio: Callable[[], float] = random.random,
    encerrando: Callable[[], bool] = lambda: False,
) -> BaseException | None:
    """Executa e conclui; falhou, marca outra tentativa ou para. Devolve a falha, ou nada se foi feita.

    Erros: só os do banco que impedem até de marcar a falha; a posse então vence e a tarefa volta sozinha à fila.
    """
    execucao = Execucao(tarefa, relogio=relogio)
    try:
        _chamar(tarefa, execucao)
    except erros.PossePerdida as perdida:
        registro.warning("%s O que ele tinha feito foi desfeito.", perdida)
        return perdida
    except erros.Interrompida as sinal:
        if not connection.in_atomic_block:
            connection.close()  # interrompida no meio de uma conversa com o banco, a conexão não serve mais
        if encerrando():
            posse.devolver(tarefa, em=relogio())
            return sinal
        return _falhar(tarefa, execucao, erros.ForaDoPrazo(_passou(tarefa)), ritmo=ritmo, sorteio=sorteio)
    except Exception as erro:
        return _falhar(tarefa, execucao, erro, ritmo=ritmo, sorteio=sorteio)
    return None


def declarada(caminho: str) -> TarefaDeclarada[Any, Any]:
    """A tarefa que o caminho diz. Erros: ImportError se a função já não existe nesta versão do sistema."""
    achada = import_string(caminho)
    if not isinstance(achada, TarefaDeclarada):
        raise ImportError(f"{caminho} não é uma tarefa.")
    return achada


def _chamar(tarefa: Tarefa, execucao: Execucao) -> None:
    funcao = declarada(tarefa.funcao)
    contexto = [execucao] if funcao.takes_context else []
    argumentos, nomeados = tarefa.argumentos["args"], tarefa.argumentos["kwargs"]
    if not funcao.longa:
        with execucao.concluir():
            funcao.call(*contexto, *argumentos, **nomeados)
        return
    funcao.call(*contexto, *argumentos, **nomeados)
    if not execucao.concluida:
        with execucao.concluir():
            pass


def _falhar(
    tarefa: Tarefa, execucao: Execucao, erro: Exception, *, ritmo: posse.Ritmo, sorteio: Callable[[], float]
) -> Exception | None:
    passageiro = isinstance(erro, erros.PASSAGEIROS)
    if not connection.in_atomic_block and connection.connection is not None and not connection.is_usable():
        connection.close()
        passageiro = True  # foi a conexão que caiu, seja qual for o nome que a falha tomou no caminho
    ficou = posse.falhar(tarefa, erro=erro, passageiro=passageiro, em=execucao.relogio(), sorteio=sorteio, ritmo=ritmo)
    if ficou is None and Tarefa.objects.filter(pk=tarefa.pk, estado=EstadoDaTarefa.FEITA).exists():
        registro.error("A tarefa %s foi feita; a falha foi no que se seguiu a ela.", tarefa.pk)
        return None
    return erro


def _passou(tarefa: Tarefa) -> str:
    segundos = declarada(tarefa.funcao).prazo.total_seconds()
    quanto = f"{segundos / 60:.0f} minutos" if segundos >= 120 else f"{segundos:.0f} segundos"
    return f"Passou do prazo de {quanto} e foi interrompida."
