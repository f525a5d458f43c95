"""O mês a que um registro ou um repasse se refere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_FORMA = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Competencia:
    """Um mês de um ano, escrito 2026-01.

    Erros: `ValueError` quando o mês não está entre 1 e 12 ou o ano não tem quatro algarismos.
    """

    ano: int
    mes: int

    def __post_init__(self) -> None:
        if not 1000 <= self.ano <= 9999 or not 1 <= self.mes <= 12:
            raise ValueError(f"{self.ano}-{self.mes} não é uma competência. Escreva ano e mês, como 2026-01.")

    @classmethod
    def de_texto(cls, texto: str) -> Competencia:
        """Lê "2026-01"; recusa outra forma com `ValueError`."""
        partes = _FORMA.fullmatch(texto)
        if partes is None:
            raise ValueError(f"“{texto}” não é uma competência. Escreva ano e mês, como 2026-01.")
        return cls(int(partes[1]), int(partes[2]))

    @property
    def desde(self) -> date:
        """Primeiro dia do mês."""
        return date(self.ano, self.mes, 1)

    @property
    def seguinte(self) -> Competencia:
        """O mês que vem depois."""
        return Competencia(self.ano + self.mes // 12, self.mes % 12 + 1)

    def meses_antes(self, meses: int) -> Competencia:
        """A competência tantos meses antes desta."""
        corridos = self.ano * 12 + self.mes - 1 - meses
        return Competencia(corridos // 12, corridos % 12 + 1)

    @property
    def ate(self) -> date:
        """Primeiro dia que já não é do mês."""
        return self.seguinte.desde

    def __str__(self) -> str:
        return f"{self.ano:04d}-{self.mes:02d}"
