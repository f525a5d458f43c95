"""De que horário em que horário corre uma rotina, em Brasília.

A de hora marcada segue o relógio da parede: na hora que o horário de verão repetia, corre uma vez só; na que ele
saltava, corre uma vez, logo depois. A que corre a cada tantos minutos segue o tempo que passa, e não para na hora
repetida. A hora de Brasília sempre difere da universal por horas inteiras.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from croniter import croniter

BRASILIA = ZoneInfo("America/Sao_Paulo")


def anterior(cron: str, *, em: datetime) -> datetime:
    """O horário mais recente até `em`, inclusive."""
    parede, fuso = _parede(cron, em)
    iterador = croniter(cron, parede)
    achado: datetime = parede if croniter.match(cron, parede) else iterador.get_prev(datetime)
    return _instante(achado.replace(second=0, microsecond=0), fuso)


def seguinte(cron: str, *, em: datetime) -> datetime:
    """O próximo horário depois de `em`."""
    parede, fuso = _parede(cron, em)
    achado: datetime = croniter(cron, parede).get_next(datetime)
    return _instante(achado, fuso)


def _parede(cron: str, em: datetime) -> tuple[datetime, ZoneInfo | None]:
    """O instante sem fuso em que a rotina conta, e o fuso (nada: o universal)."""
    if all(campo == "*" for campo in cron.split()[1:]):
        return em.astimezone(UTC).replace(tzinfo=None), None
    return em.astimezone(BRASILIA).replace(tzinfo=None, fold=0), BRASILIA


def _instante(parede: datetime, fuso: ZoneInfo | None) -> datetime:
    return parede.replace(tzinfo=fuso or UTC).astimezone(UTC)
