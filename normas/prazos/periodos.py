"""O período a que uma obrigação se refere: um mês (2026-01), um trimestre (2026-T1) ou um ano (2026)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normas.base.competencia import Competencia

MES, TRIMESTRE, ANO = "mês", "trimestre", "ano"
MESES_DE = {MES: 1, TRIMESTRE: 3, ANO: 12}
_FORMAS = {
    MES: re.compile(r"([0-9]{4})-([0-9]{2})"),
    TRIMESTRE: re.compile(r"([0-9]{4})-T([1-4])"),
    ANO: re.compile(r"([0-9]{4})()"),
}


@dataclass(frozen=True, slots=True, order=True)
class Periodo:
    """Um pedaço do ano: o primeiro mês e quantos meses são."""

    primeiro: Competencia
    meses: int

    @classmethod
    def de_texto(cls, texto: str) -> Periodo:
        """Lê "2026-01", "2026-T1" ou "2026". Erros: `ValueError`."""
        for tipo, forma in _FORMAS.items():
            if partes := forma.fullmatch(texto):
                ordem = int(partes[2] or 1)
                return cls(Competencia(int(partes[1]), (ordem - 1) * MESES_DE[tipo] + 1), MESES_DE[tipo])
        raise ValueError(
            f"“{texto}” não é um período. Escreva um mês (2026-01), um trimestre (2026-T1) ou um ano (2026)."
        )

    @classmethod
    def que_contem(cls, mes: Competencia, *, meses: int) -> Periodo:
        """O período de tantos meses em que o mês está."""
        return cls(Competencia(mes.ano, (mes.mes - 1) // meses * meses + 1), meses)

    @property
    def ultimo(self) -> Competencia:
        """O último mês."""
        return self.primeiro.meses_antes(1 - self.meses)

    @property
    def seguinte(self) -> Periodo:
        """O período que vem depois."""
        return Periodo(self.ultimo.seguinte, self.meses)

    def __str__(self) -> str:
        if self.meses == MESES_DE[MES]:
            return str(self.primeiro)
        if self.meses == MESES_DE[TRIMESTRE]:
            return f"{self.primeiro.ano}-T{(self.primeiro.mes + 2) // 3}"
        return str(self.primeiro.ano)
