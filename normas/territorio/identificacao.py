"""Confere, em texto, o que identifica um município: código, UF e população."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from normas.base.planilha import Falha, Linha, ler_planilha
from normas.territorio.federacao import UF_POR_SIGLA

_CODIGO = re.compile(r"[0-9]{7}")
_INTEIRO = re.compile(r"[0-9]+")
MAIS_ALGARISMOS = 15
COLUNAS = ("codigo_ibge", "uf", "populacao")


def ler_codigo(texto: str) -> str:
    """Lê um código de 7 algarismos; não se confere dígito, porque há códigos reais que não batem.

    Erros: `ValueError` com a frase para quem digitou.
    """
    if not _CODIGO.fullmatch(texto):
        raise ValueError(f"“{texto}” não é um código de município. O código tem 7 algarismos, como 3205309.")
    return texto


def ler_uf(texto: str) -> str:
    """Lê a sigla de uma UF. Erros: `ValueError`."""
    if texto not in UF_POR_SIGLA:
        raise ValueError(f"“{texto}” não é uma UF. Escreva a sigla em maiúsculas, como ES.")
    return texto


def ler_inteiro(texto: str, *, minimo: int) -> int:
    """Lê um número escrito só com algarismos, de `minimo` em diante. Erros: `ValueError`."""
    if texto == "":
        raise ValueError("Falta o número. Escreva só algarismos, como 1234.")
    if not _INTEIRO.fullmatch(texto):
        raise ValueError(
            f"“{texto}” não é um número inteiro. Escreva só algarismos, sem ponto, vírgula ou espaço, como 1234."
        )
    if len(texto) > MAIS_ALGARISMOS:
        raise ValueError(f"“{texto}” tem algarismos demais: o máximo são {MAIS_ALGARISMOS}.")
    if int(texto) < minimo:
        raise ValueError(f"“{texto}” é menos do que o mínimo, que é {minimo}. Confira o número.")
    return int(texto)


@dataclass(slots=True)
class Identificados:
    """Códigos já vistos e a linha de cada um, para apontar o que se repete."""

    linhas: dict[str, int] = field(default_factory=dict)

    def faltas(self, *, numero: int, codigo: str | None, uf: str | None) -> list[tuple[str, str]]:
        """Pares (coluna, frase): código repetido, UF que não é a do código."""
        if codigo is None:
            return []
        faltas = []
        if codigo in self.linhas:
            frase = f"{codigo} já está na linha {self.linhas[codigo]}. Deixe um só."
            faltas.append(("codigo_ibge", frase))
        else:
            self.linhas[codigo] = numero
        if uf is not None and codigo[:2] != UF_POR_SIGLA[uf].codigo:
            frase = (
                f"“{uf}” não é a UF do município {codigo}: os códigos de {uf} começam por "
                f"{UF_POR_SIGLA[uf].codigo}. Confira o código e a UF."
            )
            faltas.append(("uf", frase))
        return faltas


@dataclass(frozen=True, slots=True, kw_only=True)
class Populacoes:
    """Trios (código, UF, habitantes) lidos e as faltas; `sem_uso` são colunas ignoradas."""

    municipios: tuple[tuple[str, str, int], ...]
    falhas: tuple[Falha, ...]
    sem_uso: tuple[str, ...]


def ler_populacoes(*, dados: bytes) -> Populacoes:
    """Lê um CSV com codigo_ibge, uf e populacao; aponta todas as faltas, na ordem do arquivo."""
    planilha = ler_planilha(dados=dados, obrigatorias=COLUNAS)
    posicao = {coluna: n for n, coluna in enumerate(planilha.colunas)}
    vistos = Identificados()
    municipios = []
    falhas = list(planilha.falhas)
    for linha in planilha.linhas:
        valores, faltas = _conferir(linha, vistos)
        falhas += faltas
        if not faltas and not linha.com_falta:
            municipios.append((valores["codigo_ibge"], valores["uf"], valores["populacao"]))
    return Populacoes(
        municipios=tuple(municipios),
        falhas=tuple(sorted(falhas, key=lambda f: (f.linha, posicao.get(f.coluna, len(posicao))))),
        sem_uso=planilha.sem_uso,
    )


def _conferir(linha: Linha, vistos: Identificados) -> tuple[dict[str, Any], list[Falha]]:
    valores: dict[str, Any] = {}
    faltas: list[tuple[str, str]] = []
    for coluna, ler in LEITORES.items():
        if coluna in linha.com_falta:
            continue
        try:
            valores[coluna] = ler(linha.celulas[coluna])
        except ValueError as erro:
            faltas.append((coluna, str(erro)))
    faltas += vistos.faltas(numero=linha.numero, codigo=valores.get("codigo_ibge"), uf=valores.get("uf"))
    return valores, [
        Falha(linha=linha.numero, coluna=coluna, valor=linha.celulas[coluna], mensagem=frase)
        for coluna, frase in faltas
    ]


LEITORES: Mapping[str, Callable[[str], Any]] = {
    "codigo_ibge": ler_codigo,
    "uf": ler_uf,
    "populacao": partial(ler_inteiro, minimo=1),
}
