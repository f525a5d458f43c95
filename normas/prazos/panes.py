"""A pane de um sistema e os dias que ela devolve ao prazo, nesta instalação (ADR 0072)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from normas.parametros.leitura import parametro
from normas.prazos.dias_uteis import DiasUteis

BRASILIA = ZoneInfo("America/Sao_Paulo")
UM_DIA = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """De quando a quando um sistema não funcionou, e como se sabe.

    Erros: `ValueError` quando o fim não vem depois do começo, ou o instante não diz o fuso.
    """

    sistema: str
    desde: datetime
    ate: datetime
    fonte: str

    def __post_init__(self) -> None:
        if self.desde.tzinfo is None or self.ate.tzinfo is None:
            raise ValueError("O começo e o fim da pane precisam dizer o fuso horário.")
        if self.ate <= self.desde:
            raise ValueError(
                f"A pane termina em {_em_brasilia(self.ate)} e começa em {_em_brasilia(self.desde)}: "
                "o fim vem depois do começo."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Credito:
    """Os dias de pane contados e o último dia com eles; sem pane, é o próprio fechamento."""

    fecha: date
    dias: tuple[date, ...]


def creditar(
    *, sistema: str, abre: date | None, fecha: date, panes: Iterable[Pane], calendario: DiasUteis, em: date
) -> Credito:
    """Soma ao fechamento um dia por dia de pane dentro da janela, e termina em dia útil.

    Dia de pane é o que ficou sem sistema ao menos as horas do parâmetro `prazos.pane`. A pane nos dias devolvidos
    também conta.
    """
    horas = parametro("prazos.pane", em=em).conteudo["horas"]
    de_pane = sorted(_dias_de_pane(_do_sistema(panes, sistema), timedelta(hours=horas)))
    contados = [dia for dia in de_pane if (abre is None or dia >= abre) and dia <= fecha]
    ultimo = fecha + UM_DIA * len(contados)
    for dia in (dia for dia in de_pane if dia > fecha):
        if dia > ultimo:
            break
        contados.append(dia)
        ultimo += UM_DIA
    return Credito(fecha=calendario.util_desde(ultimo) if contados else fecha, dias=tuple(contados))


def _do_sistema(panes: Iterable[Pane], sistema: str) -> list[tuple[datetime, datetime]]:
    """Os períodos sem sistema, juntos onde se tocam: a mesma pane contada por dois não vale duas vezes."""
    juntos: list[tuple[datetime, datetime]] = []
    periodos = sorted((p.desde.astimezone(UTC), p.ate.astimezone(UTC)) for p in panes if p.sistema == sistema)
    for desde, ate in periodos:
        if juntos and desde <= juntos[-1][1]:
            juntos[-1] = (juntos[-1][0], max(ate, juntos[-1][1]))
        else:
            juntos.append((desde, ate))
    return juntos


def _dias_de_pane(periodos: Iterable[tuple[datetime, datetime]], ao_menos: timedelta) -> Iterator[date]:
    por_dia: dict[date, timedelta] = {}
    for desde, ate in periodos:
        dia = desde.astimezone(BRASILIA).date()
        while (comeco := _meia_noite(dia)) < ate:
            no_dia = min(ate, _meia_noite(dia + UM_DIA)) - max(desde, comeco)
            por_dia[dia] = por_dia.get(dia, timedelta()) + no_dia
            dia += UM_DIA
    return (dia for dia, tempo in por_dia.items() if tempo >= ao_menos)


def _meia_noite(dia: date) -> datetime:
    """O instante em que o dia começa em Brasília."""
    return datetime.combine(dia, time.min, BRASILIA).astimezone(UTC)


def _em_brasilia(instante: datetime) -> str:
    return f"{instante.astimezone(BRASILIA):%d/%m/%Y às %Hh%M}"
