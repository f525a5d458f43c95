"""Como se mede: aquecer, repetir, ficar com a mediana, comparar com o limite e dizer em português.

Cada execução é medida no relógio e em tempo de processador. O limite vale para os dois; com a máquina ocupada por
outros programas, só para o de processador, e o do relógio é mostrado sem julgar.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tempo:
    """Uma execução, em segundos: no relógio, e somando o que cada núcleo trabalhou nela."""

    relogio: float
    processador: float


def _processador() -> float:
    """Tempo de processador deste processo e dos filhos que já terminaram, em segundos."""
    usado = os.times()
    return usado.user + usado.system + usado.children_user + usado.children_system


def _processador_deste() -> float:
    return time.process_time()


def tempos(funcao: Callable[[], object], *, vezes: int, aquecer: int = 2, com_filhos: bool = False) -> list[Tempo]:
    """Cada execução, depois de `aquecer` que não contam; `com_filhos` soma os processos que ela cria."""
    processador = _processador if com_filhos else _processador_deste
    for _ in range(aquecer):
        funcao()
    medidos = []
    for _ in range(vezes):
        comeco, usado = time.perf_counter(), processador()
        funcao()
        medidos.append(Tempo(time.perf_counter() - comeco, processador() - usado))
    return medidos


def mediana(medidos: list[float]) -> float:
    return statistics.median(medidos)


def p95(medidos: list[float]) -> float:
    """O tempo que 95 de cada 100 execuções não passam."""
    return statistics.quantiles(medidos, n=20, method="inclusive")[-1]


def processador(medidos: list[Tempo]) -> float:
    """Mediana do tempo de processador, em segundos."""
    return mediana([tempo.processador for tempo in medidos])


def ms(segundos: float) -> str:
    return f"{segundos * 1000:.1f} ms".replace(".", ",")


def vezes(razao: float) -> str:
    return f"{razao:.2f} vezes".replace(".", ",")


def maquina_ocupada() -> bool:
    """Há mais trabalho esperando do que núcleos?"""
    return os.getloadavg()[0] > (os.cpu_count() or 1)


class Placar:
    """Junta as medidas, mostra cada uma ao lado do limite e diz se todas couberam."""

    def __init__(self, titulo: str) -> None:
        self.estouros: list[str] = []
        print(titulo)

    def contar(self, texto: str) -> None:
        """Mostra um fato sem limite."""
        print(f"  {texto}")

    def conferir(self, o_que: str, *, medido: float, limite: float, escrever: Callable[[float], str]) -> None:
        """Mostra a medida, o limite e quanto dele ela ocupa."""
        cabe = medido <= limite
        parte = f"{medido / limite:.0%} do limite"
        print(f"  {'cabe ' if cabe else 'PASSA'} {o_que}: {escrever(medido)} (limite {escrever(limite)}; {parte})")
        if not cabe:
            self.estouros.append(o_que)

    def conferir_tempos(
        self, o_que: str, medidos: list[Tempo], *, limite: float, resumir: Callable[[list[float]], float] = mediana
    ) -> None:
        """Confere o tempo de processador e, se a máquina está livre, o do relógio; `limite` em segundos."""
        nome = "p95" if resumir is p95 else "mediana"
        self.conferir(
            f"{o_que}, {nome} de {len(medidos)}, processador",
            medido=resumir([tempo.processador for tempo in medidos]),
            limite=limite,
            escrever=ms,
        )
        no_relogio = resumir([tempo.relogio for tempo in medidos])
        if maquina_ocupada():
            self.contar(f"      no relógio, com a máquina ocupada: {ms(no_relogio)}")
        else:
            self.conferir(f"{o_que}, {nome} de {len(medidos)}, relógio", medido=no_relogio, limite=limite, escrever=ms)

    def exigir(self, o_que: str, verdade: bool) -> None:
        """Mostra uma condição que não é de tempo."""
        print(f"  {'certo' if verdade else 'ERRADO'} {o_que}")
        if not verdade:
            self.estouros.append(o_que)

    def encerrar(self) -> int:
        """Código de saída: 0 se tudo coube, 1 se algo passou do limite."""
        if self.estouros:
            print(f"Passou do limite: {'; '.join(self.estouros)}.", file=sys.stderr)
            return 1
        print("Tudo o que se julga ficou dentro do limite.")
        return 0
