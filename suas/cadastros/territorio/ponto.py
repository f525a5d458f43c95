"""Onde um ponto está em relação ao contorno de um município: dentro, ou a quantos quilômetros dele.

O contorno é o que acompanha o projeto, aproximado: a distância serve para avisar de um engano, não para medir.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import cos, hypot, radians

from normas.parametros.leitura import parametro
from suas.cadastros.territorio.mapa import contornos
from suas.nucleo.tela.filtros import numero

#: Graus por unidade do desenho, como diz `dados/proveniencia.json`.
_GRAUS_X, _OESTE = 0.0056546, -74.0276
_GRAUS_Y, _NORTE = 0.0056539, 5.3287
KM_POR_GRAU = 111.32
_PASSO = re.compile(r"-?\d+")

Ponto = tuple[float, float]


def distancia_em_km(*, codigo: str, latitude: Decimal, longitude: Decimal) -> float | None:
    """A quantos quilômetros do contorno do município está o ponto; 0 se dentro, nada se não temos o contorno."""
    aneis = _aneis(codigo)
    if not aneis:
        return None
    encolhe = cos(radians(float(latitude)))
    alvo = (float(longitude) * encolhe, float(latitude))
    escala = [[(x * encolhe, y) for x, y in anel] for anel in aneis]
    if sum(_dentro(alvo, anel) for anel in escala) % 2:
        return 0.0
    return min(_ate_o_trecho(alvo, a, b) for anel in escala for a, b in _trechos(anel)) * KM_POR_GRAU


#: Para quem desenha no navegador: a longitude e a latitude do zero, e quantos graus tem uma unidade de x e de y.
ESCALA_DO_DESENHO = {"oeste": _OESTE, "graus_x": _GRAUS_X, "norte": _NORTE, "graus_y": _GRAUS_Y}


def no_desenho(*, latitude: float, longitude: float) -> Ponto:
    """Onde o ponto cai no desenho dos mapas, em (x, y)."""
    return (longitude - _OESTE) / _GRAUS_X, (_NORTE - latitude) / _GRAUS_Y


def caixa_no_desenho(codigo: str) -> tuple[float, float, float, float] | None:
    """A caixa (x, y, largura, altura) do município no desenho; nada, se não temos o contorno."""
    pontos = [no_desenho(latitude=y, longitude=x) for anel in _aneis(codigo) for x, y in anel]
    if not pontos:
        return None
    xs, ys = [x for x, _ in pontos], [y for _, y in pontos]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


@lru_cache(maxsize=512)
def _aneis(codigo: str) -> list[list[Ponto]]:
    """Os anéis do contorno, em longitude e latitude."""
    aneis = []
    x = y = 0
    for pedaco in contornos().municipios.get(codigo, "").split("M")[1:]:
        inicio, _, passos = pedaco.rstrip("z").partition("l")
        # cada anel começa num ponto absoluto; o resto são passos
        x, y = (int(n) for n in _PASSO.findall(inicio))
        anel = [(x, y)]
        numeros = [int(n) for n in _PASSO.findall(passos)]
        for dx, dy in zip(numeros[::2], numeros[1::2], strict=True):
            x, y = x + dx, y + dy
            anel.append((x, y))
        aneis.append([(_GRAUS_X * px + _OESTE, _NORTE - _GRAUS_Y * py) for px, py in anel])
    return aneis


def _trechos(anel: Sequence[Ponto]) -> Iterable[tuple[Ponto, Ponto]]:
    return zip(anel, [*anel[1:], anel[0]], strict=True)


def _dentro(alvo: Ponto, anel: Sequence[Ponto]) -> bool:
    """A reta para o leste cruza o contorno um número ímpar de vezes?"""
    x, y = alvo
    return bool(
        sum(
            1
            for (ax, ay), (bx, by) in _trechos(anel)
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
        )
        % 2
    )


def _ate_o_trecho(alvo: Ponto, a: Ponto, b: Ponto) -> float:
    """A distância do ponto ao trecho de reta entre `a` e `b`."""
    (x, y), (ax, ay), (bx, by) = alvo, a, b
    comprimento = (bx - ax) ** 2 + (by - ay) ** 2
    fracao = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / comprimento)) if comprimento else 0.0
    return hypot(x - ax - fracao * (bx - ax), y - ay - fracao * (by - ay))


def aviso_do_ponto(*, codigo: str, lugar: str, latitude: Decimal, longitude: Decimal, em: date) -> str:
    """O aviso de que o ponto está longe do contorno do município; vazio se está dentro, perto ou se não se sabe."""
    distancia = distancia_em_km(codigo=codigo, latitude=latitude, longitude=longitude)
    if distancia is None or distancia <= parametro("rede.distancia_do_contorno", em=em).conteudo["km"]:
        return ""
    return (
        f"O ponto informado fica a {numero(distancia, 0)} km do contorno de {lugar}. Confira se a latitude e a "
        "longitude não foram trocadas; se estão certas, não há o que fazer."
    )


_GRAUS = re.compile(
    r"(?P<sinal>[-−]?)\s*(?P<graus>\d{1,3}(?:[.,]\d+)?)\s*°?\s*"
    r"(?:(?P<minutos>\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(?P<segundos>\d{1,2}(?:[.,]\d+)?)\s*[\"″”]\s*)?"
    r"(?P<lado>[NSLOEW]?)",
    re.IGNORECASE,
)


def ler_coordenada(texto: str, *, nome: str, maior: int, exemplo: str) -> Decimal:
    """Lê uma coordenada em graus decimais (ponto ou vírgula) ou em graus, minutos e segundos. Erros: `ValueError`.

    Sul e oeste são negativos, com o sinal ou com a letra: “-20,3155”, “20°18'56"S”.
    """
    achado = _GRAUS.fullmatch(texto.strip())
    if achado is None:
        raise ValueError(f"Não entendi “{texto}” como {nome}. Escreva como {exemplo}.")
    graus, minutos, segundos = (Decimal((achado[n] or "0").replace(",", ".")) for n in ("graus", "minutos", "segundos"))
    valor = graus + minutos / 60 + segundos / 3600
    if minutos >= 60 or segundos >= 60 or valor > maior:
        raise ValueError(f"“{texto}” não pode ser {nome}: vai de -{maior} a {maior} graus. Escreva como {exemplo}.")
    negativo = bool(achado["sinal"]) or achado["lado"].upper() in {"S", "O", "W"}
    return (-valor if negativo else valor).quantize(Decimal("0.000001"))
