"""Que dias são úteis num lugar: fins de semana, feriados nacionais, do estado e os que o município informa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

_FIM_DE_SEMANA = {5: "sábado", 6: "domingo"}
UM_DIA = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiasUteis:
    """O calendário de um lugar. `uf` traz os feriados do estado; `locais`, os do município, com o nome de cada um.

    Ponto facultativo não é feriado: quem o guarda informa-o em `locais`.
    """

    uf: str = ""
    locais: Mapping[date, str] = field(default_factory=dict)

    def porque_nao(self, dia: date) -> str:
        """Por que o dia não é útil: "sábado", "Tiradentes"; vazio quando é."""
        feriado = self.locais.get(dia) or _feriados(self.uf, dia.year).get(dia, "")
        return feriado or _FIM_DE_SEMANA.get(dia.weekday(), "")

    def util(self, dia: date) -> bool:
        """Se o dia é útil."""
        return not self.porque_nao(dia)

    def util_desde(self, dia: date) -> date:
        """O próprio dia, se útil, ou o primeiro útil depois dele."""
        while not self.util(dia):
            dia += UM_DIA
        return dia

    def somar(self, dia: date, uteis: int) -> date:
        """O dia em que se completam tantos dias úteis depois deste. Erros: `ValueError` para número negativo."""
        if uteis < 0:
            raise ValueError(f"{uteis} não serve como número de dias úteis: conta-se de 0 em diante.")
        for _ in range(uteis):
            dia = self.util_desde(dia + UM_DIA)
        return dia

    def entre(self, de: date, ate: date) -> int:
        """Quantos dias úteis há depois de um dia e até o outro, inclusive; negativo quando o outro já passou."""
        if ate < de:
            return -self.entre(ate, de)
        return sum(self.util(de + UM_DIA * passo) for passo in range(1, (ate - de).days + 1))


@cache
def _feriados(uf: str, ano: int) -> Mapping[date, str]:
    """Os feriados nacionais e, com a sigla, os do estado. Erros: `ValueError` para sigla que não há."""
    if uf and uf not in country_holidays("BR").subdivisions:
        raise ValueError(f"“{uf}” não é a sigla de um estado nem do Distrito Federal.")
    return dict(country_holidays("BR", subdiv=uf or None, years=ano, language="pt_BR"))
