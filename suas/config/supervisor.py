"""Mantém de pé os processos de uma instalação e os encerra juntos. Não carrega o Django: pesa poucos megabytes."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
SINAIS_DE_FIM = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Um processo que cai volta, até este número de vezes neste tempo; depois disso, tudo para e diz por quê.
QUEDAS_TOLERADAS = 3
JANELA_DE_QUEDAS = 60.0
ESPERA_PELO_FIM = 10.0
PR_SET_PDEATHSIG = 1


def diga(texto: str) -> None:
    """Escreve na saída, sem cair se quem a lia já foi embora."""
    try:
        print(texto, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@dataclass(kw_only=True)
class Processo:
    """Um processo vigiado. `nome` é como ele aparece nas mensagens.

    `so_no_comeco` acrescenta-se ao comando da primeira vez. `recusa` é a saída com que ele diz que recomeçar não
    adianta, e por quê: tudo para.
    """

    nome: str
    comando: list[str]
    so_no_comeco: tuple[str, ...] = ()
    recusa: int | None = None
    popen: subprocess.Popen[bytes] | None = None
    quedas: deque[float] = field(default_factory=deque)

    def iniciar(self) -> None:
        """Põe o processo num grupo próprio: o Ctrl-C do terminal chega só a quem vigia."""
        comando = [*self.comando, *(self.so_no_comeco if self.popen is None else ())]
        self.popen = subprocess.Popen(
            comando, start_new_session=True, stdin=subprocess.DEVNULL, preexec_fn=_terminar_com_o_pai
        )

    def caiu(self) -> bool:
        return self.popen is not None and self.popen.poll() is not None

    def sinalizar(self, sinal: signal.Signals) -> None:
        """Avisa o grupo inteiro; quem já terminou não reclama."""
        if self.popen is not None:
            try:
                os.killpg(self.popen.pid, sinal)
            except ProcessLookupError:
                return

    def pode_voltar(self, *, instante: float) -> bool:
        """Conta a queda e diz se ainda cabe recomeçar."""
        self.quedas.append(instante)
        while self.quedas and instante - self.quedas[0] > JANELA_DE_QUEDAS:
            self.quedas.popleft()
        return len(self.quedas) <= QUEDAS_TOLERADAS


def _terminar_com_o_pai() -> None:
    """No Linux, o filho recebe SIGTERM se quem o vigia morrer sem avisar."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _tratar_sinais(tratador: Callable[[int, object], None]) -> None:
    """Trata os sinais de fim, salvo o fim do terminal quando `nohup` pediu que fosse ignorado."""
    for sinal in SINAIS_DE_FIM:
        if sinal != signal.SIGHUP or signal.getsignal(sinal) != signal.SIG_IGN:
            signal.signal(sinal, tratador)


def _interromper(_numero: int, _quadro: object) -> None:
    raise KeyboardInterrupt


def executar_etapa(comando: list[str]) -> int:
    """Executa um processo até o fim e devolve a saída dele. O sinal de fim encerra o processo e levanta
    `KeyboardInterrupt`."""
    _tratar_sinais(_interromper)
    processo = Processo(nome="preparação", comando=comando)
    try:
        processo.iniciar()
        assert processo.popen is not None
        return processo.popen.wait()
    finally:
        if not processo.caiu():
            processo.sinalizar(signal.SIGTERM)
            assert processo.popen is not None
            processo.popen.wait()


class Supervisor:
    """Inicia os processos, recomeça o que cai e encerra todos ao primeiro sinal de fim."""

    def __init__(self, processos: list[Processo]) -> None:
        self.processos = processos
        self._fim: signal.Signals | None = None

    def executar(self, *, ao_iniciar: Callable[[Callable[[], bool]], None] | None = None) -> int:
        """Fica até o sinal de fim (0) ou até um processo cair demais, ou recusar-se a começar (1).

        `ao_iniciar` corre logo depois do início e recebe uma função que diz se ainda vale esperar.
        """
        _tratar_sinais(self._anotar)
        try:
            for processo in self.processos:
                processo.iniciar()
            if ao_iniciar is not None:
                ao_iniciar(self._tudo_de_pe)
            return self._vigiar()
        finally:
            self._encerrar()

    def _anotar(self, numero: int, _quadro: object) -> None:
        self._fim = signal.Signals(numero)

    def _tudo_de_pe(self) -> bool:
        return self._fim is None and not any(p.caiu() for p in self.processos)

    def _vigiar(self) -> int:
        while self._fim is None:
            for processo in self.processos:
                if not processo.caiu() or self._fim is not None:
                    continue
                codigo = processo.popen.returncode if processo.popen else None
                if codigo is not None and codigo == processo.recusa:
                    return 1
                if not processo.pode_voltar(instante=time.monotonic()):
                    diga(
                        f"O processo “{processo.nome}” caiu mais de {QUEDAS_TOLERADAS} vezes em um minuto "
                        f"(saída {codigo}). Parei tudo; o motivo está nas linhas acima."
                    )
                    return 1
                diga(f"O processo “{processo.nome}” caiu (saída {codigo}); começando outro.")
                time.sleep(0.5)
                processo.iniciar()
            time.sleep(0.1)
        diga("Encerrando.")
        return 0

    def _encerrar(self) -> None:
        """Pede o fim, espera, e só então obriga. Um segundo Ctrl-C não espera."""
        primeiro = self._fim
        self._fim = None
        for processo in self.processos:
            processo.sinalizar(signal.SIGTERM)
        limite = time.monotonic() + ESPERA_PELO_FIM
        while time.monotonic() < limite and not all(p.popen is None or p.caiu() for p in self.processos):
            if primeiro is not None and self._fim is not None:
                break
            time.sleep(0.05)
        for processo in self.processos:
            processo.sinalizar(signal.SIGKILL)
            if processo.popen is not None:
                processo.popen.wait()
