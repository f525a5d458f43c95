"""Como se mede: aquecer, repetir, ficar com a mediana, comparar com o limite e dizer em português."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable


def tempos(funcao: Callable[[], object], *, vezes: int, aquecer: int = 2) -> list[float]:
    """Duração de cada execução, em segundos, depois de `aquecer` execuções que não contam."""
    for _ in range(aquecer):
        funcao()
    medidos = []
    for _ in range(vezes):
        comeco = time.perf_counter()
        funcao()
        medidos.append(time.perf_counter() - comeco)
    return medidos


def mediana(medidos: list[float]) -> float:
    return statistics.median(medidos)


def p95(medidos: list[float]) -> float:
    """O tempo que 95 de cada 100 execuções não passam."""
    return statistics.quantiles(medidos, n=20, method="inclusive")[-1]


def ms(segundos: float) -> str:
    return f"{segundos * 1000:.1f} ms".replace(".", ",")


def vezes(razao: float) -> str:
    return f"{razao:.2f} vezes".replace(".", ",")


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
        print("Tudo dentro do limite.")
        return 0
