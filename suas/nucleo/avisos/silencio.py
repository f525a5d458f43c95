"""As horas em que o correio espera, no relógio de Brasília."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

BRASILIA = ZoneInfo("America/Sao_Paulo")


@dataclass(frozen=True, kw_only=True)
class Horas:
    """Das `de` às `ate`; pode passar da meia-noite. Iguais, nunca há silêncio."""

    de: time
    ate: time

    @classmethod
    def ler(cls, texto: str) -> Horas:
        """De “21:00-06:00”; vazio é nunca. ValueError se não tem essa forma."""
        if not texto.strip():
            return cls(de=time(0), ate=time(0))
        de, separador, ate = texto.strip().partition("-")
        if not separador:
            raise ValueError(f"“{texto}” não é um período: escreva como 21:00-06:00.")
        return cls(de=time.fromisoformat(de.strip()), ate=time.fromisoformat(ate.strip()))

    def __str__(self) -> str:
        return "nunca" if self.de == self.ate else f"das {self.de:%H:%M} às {self.ate:%H:%M}"

    def sai_em(self, instante: datetime) -> datetime:
        """Quando o correio pode sair: o próprio instante, ou o fim do silêncio em que ele cai."""
        local = instante.astimezone(BRASILIA)
        agora = local.time()
        if self.de == self.ate:
            return instante
        passa_da_meia_noite = self.de > self.ate
        dentro = (agora >= self.de or agora < self.ate) if passa_da_meia_noite else self.de <= agora < self.ate
        if not dentro:
            return instante
        dia = local.date() + timedelta(days=1) if passa_da_meia_noite and agora >= self.de else local.date()
        return datetime.combine(dia, self.ate, tzinfo=BRASILIA).astimezone(instante.tzinfo)
