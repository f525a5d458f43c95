"""A fazer: cada módulo diz o que espera pelo vínculo em uso; a página inicial junta e ordena.

# em ready() do módulo
afazer.registrar(pendencias)   # pendencias(ator, hoje) -> Iterable[Pendencia]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from suas.nucleo.permissoes.ator import Ator


@dataclass(frozen=True, kw_only=True)
class Pendencia:
    """Uma linha de “A fazer”: o que é, em que pé está, por que cabe a este vínculo e onde se resolve."""

    titulo: str
    situacao: str
    por_que: str
    endereco: str
    acao: str
    prazo: date | None = None


Fonte = Callable[["Ator", date], Iterable[Pendencia]]
_fontes: list[Fonte] = []


def registrar(fonte: Fonte) -> None:
    """Acrescenta uma fonte; repetir a mesma não muda nada."""
    if fonte not in _fontes:
        _fontes.append(fonte)


def de(ator: Ator, *, hoje: date) -> list[Pendencia]:
    """As pendências do ator: primeiro as de prazo mais próximo, depois as sem prazo, na ordem dos módulos."""
    todas = [pendencia for fonte in _fontes for pendencia in fonte(ator, hoje)]
    return sorted(todas, key=lambda p: (p.prazo is None, p.prazo or date.max))
