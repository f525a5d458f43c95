"""Dividir números em classes com nome, para pintar o mapa e ler a legenda em palavras."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from suas.nucleo.tela.filtros import numero

N = TypeVar("N", int, Decimal)

NOMES = {
    1: ("Único valor",),
    2: ("Baixo", "Alto"),
    3: ("Baixo", "Médio", "Alto"),
    4: ("Muito baixo", "Baixo", "Alto", "Muito alto"),
    5: ("Muito baixo", "Baixo", "Médio", "Alto", "Muito alto"),
}


def em_quintos(
    valores: Mapping[str, N], *, escrever: Callable[[N], str] = numero, quantas: int = 5
) -> tuple[tuple[str, ...], dict[str, int]]:
    """Divide em até `quantas` classes com quantidades próximas; valores iguais ficam sempre na mesma.

    Devolve os rótulos (“Baixo: de 5.219 a 9.120”, com o menor e o maior valor que há na classe) e o índice da classe de
    cada código. Com poucos valores distintos há menos classes; sem nenhum valor, nenhuma.
    """
    if not valores:
        return (), {}
    em_ordem = sorted(valores.values())
    limites = sorted({em_ordem[-(-len(em_ordem) * k // quantas) - 1] for k in range(1, quantas + 1)})
    indice_de = {codigo: next(i for i, limite in enumerate(limites) if v <= limite) for codigo, v in valores.items()}
    rotulos = []
    inicio = 0
    for i, limite in enumerate(limites):
        fim = inicio
        while fim < len(em_ordem) and em_ordem[fim] <= limite:
            fim += 1
        rotulos.append(_rotulo(NOMES[len(limites)][i], em_ordem[inicio], em_ordem[fim - 1], escrever))
        inicio = fim
    return tuple(rotulos), indice_de


def _rotulo(nome: str, menor: N, maior: N, escrever: Callable[[N], str]) -> str:
    de, ate = escrever(menor), escrever(maior)
    return f"{nome}: {de}" if de == ate else f"{nome}: de {de} a {ate}"
