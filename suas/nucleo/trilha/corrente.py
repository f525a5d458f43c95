"""A forma canônica de cada linha da trilha e o resumo de um elo. Puro: só lê os valores que recebe.

O resumo de um elo é SHA-256(resumo do anterior, em texto, + a forma canônica): uma lista JSON compacta com o número,
o instante do lacre, a tabela e todas as colunas da linha, na ordem de `COLUNAS`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import models

from suas.nucleo.trilha.models import Alteracao, Ato, Leitura

#: O que vem antes do primeiro elo.
INICIO = "0" * 64
TABELAS: dict[str, type[models.Model]] = {"ato": Ato, "alteracao": Alteracao, "leitura": Leitura}
#: Todas as colunas, menos o número na corrente, que vai à frente da lista.
COLUNAS: dict[str, tuple[str, ...]] = {
    nome: tuple(campo.attname for campo in modelo._meta.concrete_fields if campo.attname != "elo")
    for nome, modelo in TABELAS.items()
}


_DIRETOS = frozenset({str, int, type(None)})
_escrever = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonico(valor: Any) -> Any:
    if valor.__class__ in _DIRETOS:
        return valor
    if isinstance(valor, datetime):
        return valor.astimezone(UTC).isoformat(timespec="microseconds")
    return str(valor) if isinstance(valor, UUID) else valor


def resumo(*, anterior: str, numero: int, em: datetime, tabela: str, linha: Sequence[Any]) -> str:
    """O SHA-256 do elo. `linha` traz os valores na ordem de `COLUNAS[tabela]`."""
    forma = _escrever([numero, canonico(em), tabela, *map(canonico, linha)])
    return hashlib.sha256((anterior + forma).encode("utf-8", "surrogatepass")).hexdigest()
