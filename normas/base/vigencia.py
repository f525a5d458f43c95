"""Período em que uma norma ou um valor está em vigor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Vigencia:
    """Período semiaberto: `desde` vale, `ate` já não vale; `ate` ausente é sem fim conhecido.

    Erros: `ValueError` quando `ate` não vem depois de `desde`.
    """

    desde: date
    ate: date | None = None

    def __post_init__(self) -> None:
        if self.ate is not None and self.ate <= self.desde:
            raise ValueError(
                f"A vigência termina em {self.ate:%d/%m/%Y} e começa em {self.desde:%d/%m/%Y}: "
                "o fim vem depois do começo."
            )

    def contem(self, dia: date) -> bool:
        """Diz se o dia está na vigência."""
        return self.desde <= dia and (self.ate is None or dia < self.ate)

    def mais_proximo(self, dia: date) -> date:
        """Devolve o próprio dia, se vigente, ou o dia vigente mais perto dele."""
        if dia < self.desde:
            return self.desde
        if self.ate is not None and dia >= self.ate:
            return self.ate - timedelta(days=1)
        return dia

    def __str__(self) -> str:
        """Escreve em palavras, com o último dia em vigor."""
        if self.ate is None:
            return f"desde {self.desde:%d/%m/%Y}"
        return f"de {self.desde:%d/%m/%Y} a {self.ate - timedelta(days=1):%d/%m/%Y}"
