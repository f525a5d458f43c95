"""Sob que outros identificadores há dados da mesma pessoa. O módulo que os guarda registra-se aqui.

Quem entra no sistema é uma pessoa de `identidade`; o cadastro de um andar de cima pode falar dela com outro
identificador, como o de trabalhador. Em “Meus dados” ela vê os dois.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

Outros = Callable[[UUID], Iterable[UUID]]
_OUTROS: dict[str, Outros] = {}


def registrar(nome: str, outros: Outros) -> None:
    """Diz como se acham, da pessoa, os identificadores deste cadastro; repetir o nome substitui."""
    _OUTROS[nome] = outros


def de(pessoa_id: UUID) -> list[UUID]:
    """A própria pessoa e os outros identificadores dela."""
    return [pessoa_id, *(outro for outros in _OUTROS.values() for outro in outros(pessoa_id))]
