"""Identificadores estáveis entre instalações."""

from __future__ import annotations

import secrets
import time
from uuid import UUID


def uuid7() -> UUID:
    """UUID da versão 7 (RFC 9562): 48 bits de milissegundos, o resto ao acaso; ordena por criação."""
    milissegundos = time.time_ns() // 1_000_000
    valor = (milissegundos & ((1 << 48) - 1)) << 80
    valor |= 0x7 << 76
    valor |= secrets.randbits(12) << 64
    valor |= 0b10 << 62
    valor |= secrets.randbits(62)
    return UUID(int=valor)
