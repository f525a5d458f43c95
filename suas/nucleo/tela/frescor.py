"""Há quanto tempo ninguém confere um registro: o prazo, que é um só para todos os cadastros, e as palavras."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from normas.parametros.leitura import parametro
from suas.nucleo.tela.filtros import plural

CADASTROS, ENTIDADES = "cadastros", "entidades"
_EM_DIAS, _EM_MESES = 60, 730


def prazo(*, hoje: date, de: str = CADASTROS) -> int:
    """Quantos dias um registro passa sem conferência antes de se dizer velho (leitura do projeto, ADR 0066)."""
    return int(parametro("rede.dias_sem_conferir", em=hoje).conteudo[de])


def comeco(*, hoje: date, de: str = CADASTROS) -> datetime:
    """O instante antes do qual uma conferência já é velha."""
    return timezone.make_aware(datetime.combine(hoje - timedelta(days=prazo(hoje=hoje, de=de)), time.min))


def esta_velho(conferido_em: datetime | None, *, hoje: date, de: str = CADASTROS) -> bool:
    """Nunca foi conferido, ou passou do prazo."""
    return conferido_em is None or conferido_em < comeco(hoje=hoje, de=de)


def em_palavras(conferido_em: datetime | None, *, hoje: date, como: str) -> str:
    """“conferida hoje”, “conferida há 3 meses”; vazio se nunca se conferiu. `como` é “conferida” ou “conferido”."""
    if conferido_em is None:
        return ""
    dias = (hoje - timezone.localtime(conferido_em).date()).days
    if dias < 1:
        return f"{como} hoje"
    if dias < _EM_DIAS:
        return f"{como} há {plural(dias, 'dia', 'dias')}"
    if dias < _EM_MESES:
        return f"{como} há {plural(dias * 12 // 365, 'mês', 'meses')}"
    return f"{como} há {plural(dias // 365, 'ano', 'anos')}"
