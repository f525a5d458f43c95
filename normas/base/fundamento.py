"""A fonte legal de uma resposta."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fundamento:
    """Norma e dispositivo que sustentam um número, uma ordem ou uma recusa."""

    norma: str
    dispositivo: str

    def __str__(self) -> str:
        """Escreve como se cita: "NOB/SUAS 2005, item 5.5, I, a"."""
        return f"{self.norma}, {self.dispositivo}"
