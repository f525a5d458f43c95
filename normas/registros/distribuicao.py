"""Como um conjunto de valores se espalha: média e desvio padrão da amostra, sem ponto flutuante."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Distribuicao:
    """Quantos valores, a soma e a soma dos quadrados: basta para média e desvio, e se soma por partes."""

    quantos: int
    soma: int
    soma_dos_quadrados: int

    @classmethod
    def de_valores(cls, valores: Sequence[int]) -> Distribuicao:
        """A distribuição de uma lista de valores."""
        return cls(len(valores), sum(valores), sum(valor * valor for valor in valores))

    @property
    def media(self) -> Fraction:
        """A média. Erros: `ZeroDivisionError` sem valores."""
        return Fraction(self.soma, self.quantos)

    def acima_de(self, valor: int, *, desvios: int) -> bool:
        """Diz se o valor passa da média em mais de tantos desvios padrão (o da amostra, que divide por n - 1)."""
        distancia = self.quantos * valor - self.soma
        if self.quantos < 2 or distancia <= 0:
            return False
        espalhamento = self.quantos * self.soma_dos_quadrados - self.soma**2
        return distancia**2 * (self.quantos - 1) > desvios**2 * self.quantos * espalhamento
