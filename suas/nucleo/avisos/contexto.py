"""O que o cabeçalho de toda página mostra dos avisos."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from suas.nucleo.avisos import consultas


def avisos(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """`avisos_por_ler()`: quantos a pessoa não leu; só conta se a página perguntar."""

    def contar() -> int:
        ator = getattr(request, "ator", None)
        return consultas.por_ler(ator.pessoa.pk) if ator and ator.pessoa else 0

    return {"avisos_por_ler": contar}
