"""Que módulos têm recursos na interface. À parte de `interface.py`, que carrega a biblioteca que só as páginas usam.

# suas/<andar>/<modulo>/apps.py, no `ready`
modulos.registrar("suas.cadastros.territorio.api", ordem=10)
"""

from __future__ import annotations

_MODULOS: dict[str, int] = {}


def registrar(modulo: str, *, ordem: int) -> None:
    """Declara o módulo Python (em pontos) que tem `rotas`; repetir não muda nada."""
    _MODULOS[modulo] = ordem


def em_ordem() -> list[str]:
    """Os módulos declarados, na ordem em que se apresentam."""
    return sorted(_MODULOS, key=lambda nome: (_MODULOS[nome], nome))
