"""O ano do orçamento."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PRIMEIRO_ANO = 1988
ULTIMO_ANO = 2199


@dataclass(frozen=True, slots=True, order=True)
class Exercicio:
    """Exercício financeiro: o ano civil.

    Erros: `ValueError` fora de 1988 a 2199.
    """

    ano: int

    def __post_init__(self) -> None:
        if not PRIMEIRO_ANO <= self.ano <= ULTIMO_ANO:
            raise ValueError(f"{self.ano} não é um exercício. Escreva um ano entre {PRIMEIRO_ANO} e {ULTIMO_ANO}.")

    @property
    def primeiro_dia(self) -> date:
        """1º de janeiro."""
        return date(self.ano, 1, 1)

    @property
    def ultimo_dia(self) -> date:
        """31 de dezembro: o dia em que se pergunta qual norma rege o exercício (ADR 0001)."""
        return date(self.ano, 12, 31)

    def __str__(self) -> str:
        return str(self.ano)
