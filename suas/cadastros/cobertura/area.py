"""Áreas desenhadas: se duas se sobrepõem e se um desenho é uma área. Pontos são (latitude, longitude), em graus."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Ponto = tuple[float, float]
MENOS_PONTOS = 3
MAIS_PONTOS = 200


def se_sobrepoem(uma: Sequence[Ponto], outra: Sequence[Ponto]) -> bool:
    """As áreas têm parte em comum: uma linha cruza a da outra, ou uma está dentro da outra. Encostar não é sobrepor."""
    if len(uma) < MENOS_PONTOS or len(outra) < MENOS_PONTOS:
        return False
    if any(_cruzam(a, b, c, d) for a, b in _lados(uma) for c, d in _lados(outra)):
        return True
    return any(_dentro(p, outra) for p in _amostra(uma)) or any(_dentro(p, uma) for p in _amostra(outra))


def cruza_a_si_mesma(pontos: Sequence[Ponto]) -> bool:
    """Dois lados que não são vizinhos se cruzam: o desenho faz um laço, e não uma área."""
    lados = list(_lados(pontos))
    return any(_cruzam(*lados[i], *lados[j]) for i in range(len(lados)) for j in range(i + 1, len(lados)))


def _lados(pontos: Sequence[Ponto]) -> list[tuple[Ponto, Ponto]]:
    return list(pairwise([*pontos, pontos[0]]))


def _amostra(pontos: Sequence[Ponto]) -> list[Ponto]:
    """O meio da área dos seus pontos: não cai na linha de outra que só encosta."""
    n = len(pontos)
    centro = (sum(p[0] for p in pontos) / n, sum(p[1] for p in pontos) / n)
    return [centro]


def _lado_de(a: Ponto, b: Ponto, p: Ponto) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def _cruzam(a: Ponto, b: Ponto, c: Ponto, d: Ponto) -> bool:
    """Os segmentos se cortam por dentro; tocar na ponta não conta."""
    return _lado_de(a, b, c) * _lado_de(a, b, d) < 0 and _lado_de(c, d, a) * _lado_de(c, d, b) < 0


def _dentro(p: Ponto, area: Sequence[Ponto]) -> bool:
    dentro = False
    for (y1, x1), (y2, x2) in _lados(area):
        if (y1 > p[0]) != (y2 > p[0]) and p[1] < (x2 - x1) * (p[0] - y1) / (y2 - y1) + x1:
            dentro = not dentro
    return dentro
