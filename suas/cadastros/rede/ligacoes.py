"""Para onde a ficha da unidade leva: cada módulo acima registra a sua página sobre ela.

# em ready() do módulo
ligacoes.registrar(ligacoes.Ligacao(rotulo="Equipe de referência", rota="equipe-unidade", cabe=..., ordem=10))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from suas.cadastros.rede.models import Unidade
    from suas.nucleo.permissoes.ator import Ator


@dataclass(frozen=True, kw_only=True)
class Ligacao:
    """Uma página sobre a unidade, cuja rota recebe o identificador dela; `cabe` diz se aparece a quem olha."""

    rotulo: str
    rota: str
    cabe: Callable[[Ator, Unidade], bool]
    ordem: int = 50


_LIGACOES: dict[str, Ligacao] = {}


def registrar(ligacao: Ligacao) -> None:
    """Acrescenta a ligação; repetir a rota substitui."""
    _LIGACOES[ligacao.rota] = ligacao


def da_unidade(unidade: Unidade, *, ator: Ator) -> list[Ligacao]:
    """As que cabem a quem olha, na ordem."""
    return [ligacao for ligacao in sorted(_LIGACOES.values(), key=lambda u: u.ordem) if ligacao.cabe(ator, unidade)]
