"""A saída do correio: quem grava a mensagem chama, e a tarefa registrada a põe na fila.

Fica à parte porque o ato que grava a mensagem está abaixo da tarefa que a envia (anatomia do módulo).
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

_enfileirar: Callable[[UUID], None] | None = None


def definir(enfileirar: Callable[[UUID], None]) -> None:
    """Diz como se põe uma mensagem na fila. Chamado uma vez, no `ready` do módulo."""
    global _enfileirar
    _enfileirar = enfileirar


def enfileirar(mensagem_id: UUID) -> None:
    """Põe a mensagem na fila."""
    assert _enfileirar is not None, "o módulo de avisos não foi preparado"
    _enfileirar(mensagem_id)
