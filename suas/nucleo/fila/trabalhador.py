"""O processo que toma tarefas e as executa, uma de cada vez, batendo por uma conexão à parte."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import DatabaseError, InterfaceError, connection

from suas.nucleo import banco
from suas.nucleo.fila import erros, execucao, posse
from suas.nucleo.fila.models import Tarefa
from suas.nucleo.fila.posse import RITMO, Ritmo

registro = logging.getLogger(__name__)
BANCO_FORA = (DatabaseError, InterfaceError)


class OTrabalhador:
    """Toma, executa, repete. `filas` vazia é toda fila menos a das rotinas; `a_cada_volta` corre antes de tomar."""

    def __init__(
        self,
        *,
        papel: str = "tarefas",
        filas: Sequence[str] = (),
        ritmo: Ritmo = RITMO,
        a_cada_volta: Callable[[], None] | None = None,
    ) -> None:
        self.papel = papel
        self.filas = filas
        self.ritmo = ritmo
        self.a_cada_volta = a_cada_volta
        self.id: UUID = uuid4()
        self.nome = f"{socket.gethostname()[:90]}, processo {os.getpid()}"
        self._fim = threading.Event()
        self._recolheu = float("-inf")
        self._na_mao: Tarefa | None = None
        self._com_sinais = False

    def parar(self) -> None:
        """Pede o fim: o laço termina depois da tarefa que corre."""
        self._fim.set()

    def executar(self, *, ate_esvaziar: bool = False) -> None:
        """Fica até `parar`, ou até não haver o que tomar. Sempre devolve o que tem e sai da lista."""
        coracao = threading.Thread(target=self._bater_sempre, name=f"batimento {self.papel}", daemon=True)
        coracao.start()
        try:
            while not self._fim.is_set():
                fez = self._volta_que_aguenta()
                if fez is False and ate_esvaziar:
                    return
                if not fez:
                    self._fim.wait(self.ritmo.espera.total_seconds())
        finally:
            self._fim.set()
            coracao.join(timeout=1)
            self.largar()

    def largar(self) -> None:
        """Devolve o que tem e sai da lista; sem banco, a posse vence sozinha."""
        try:
            posse.devolver_de(trabalhador_id=self.id, em=banco.instante())
        except BANCO_FORA:
            registro.warning("O banco não respondeu na saída; o que estava comigo volta à fila quando a posse vencer.")

    def tratar_sinais(self) -> None:
        """SIGTERM e SIGINT pedem o fim; a tarefa que corre tem `ritmo.fim` para terminar. Só na linha principal."""
        self._com_sinais = True
        signal.signal(signal.SIGALRM, self._interromper)
        for sinal in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sinal, self._sinal_de_fim)

    def _sinal_de_fim(self, _numero: int, _quadro: object) -> None:
        self._fim.set()
        if self._na_mao is not None:
            signal.setitimer(signal.ITIMER_REAL, self.ritmo.fim.total_seconds())

    def _interromper(self, _numero: int, _quadro: object) -> None:
        if self._na_mao is not None:
            raise erros.Interrompida

    def _volta_que_aguenta(self) -> bool | None:
        """Uma volta: fez, não havia o que fazer (False), ou o banco não respondeu (None).

        Sem resposta do banco não se sabe o que ficou de pé: este trabalhador troca de identidade, e o que estiver em
        nome da anterior volta à fila quando a posse dela vencer.
        """
        try:
            return self._volta()
        except (*BANCO_FORA, erros.Interrompida):
            registro.warning("O banco não respondeu; tento de novo em seguida.", exc_info=True)
            self.id = uuid4()
            self._recolheu = float("-inf")
            connection.close()
            return None

    def _volta(self) -> bool:
        agora = banco.instante()
        if time.monotonic() - self._recolheu >= self.ritmo.batimento.total_seconds():
            posse.bater(trabalhador_id=self.id, nome=self.nome, papel=self.papel, em=agora, ritmo=self.ritmo)
            posse.recolher(em=agora, ritmo=self.ritmo)
            self._recolheu = time.monotonic()
        if self.a_cada_volta is not None:
            self.a_cada_volta()
        tarefa = posse.tomar(trabalhador_id=self.id, filas=self.filas, em=agora)
        if tarefa is None:
            return False
        self._executar_no_prazo(tarefa)
        return True

    def _executar_no_prazo(self, tarefa: Tarefa) -> None:
        self._na_mao = tarefa
        self._armar(_prazo(tarefa) if not self._fim.is_set() else self.ritmo.fim)
        try:
            execucao.executar(tarefa, relogio=banco.instante, ritmo=self.ritmo, encerrando=self._fim.is_set)
        finally:
            self._na_mao = None
            self._armar(timedelta(0))

    def _armar(self, prazo: timedelta) -> None:
        if self._com_sinais:
            signal.setitimer(signal.ITIMER_REAL, prazo.total_seconds())

    def _bater_sempre(self) -> None:
        """Linha à parte, com conexão própria: bate mesmo enquanto a tarefa ocupa a outra."""
        while not self._fim.wait(self.ritmo.batimento.total_seconds()):
            self._bater_uma_vez()
        while self._na_mao is not None:  # o fim foi pedido, mas a tarefa ainda corre
            time.sleep(min(self.ritmo.batimento.total_seconds(), 0.2))
            self._bater_uma_vez()
        connection.close()

    def _bater_uma_vez(self) -> None:
        try:
            posse.bater(trabalhador_id=self.id, nome=self.nome, papel=self.papel, em=banco.instante(), ritmo=self.ritmo)
        except BANCO_FORA:
            registro.warning("O banco não aceitou o batimento; tento de novo em seguida.")
            connection.close()


def _prazo(tarefa: Tarefa) -> timedelta:
    try:
        return execucao.declarada(tarefa.funcao).prazo
    except ImportError:
        return timedelta(minutes=30)  # a falha de verdade aparece ao executar, e vai à tela
