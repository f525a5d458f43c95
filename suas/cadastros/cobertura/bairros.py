"""Os bairros de um território como as pessoas os escrevem: numa lista, sem repetir o que só muda no acento."""

from __future__ import annotations

import re

from suas.cadastros.territorio.nomes import nome_de_busca

MAIS_BAIRROS = 300
MAIOR_NOME = 100
UM_POR_LINHA, NUMA_CELULA = r"[\n;]", r"[\n;,|]"


def ler(escrito: str, *, separados_por: str) -> tuple[str, ...]:
    """Os nomes, na ordem. Erro: `ValueError`, dizendo o que há de errado e o que fazer."""
    bairros: dict[str, str] = {}
    for parte in re.split(separados_por, escrito):
        if bairro := " ".join(parte.split()):
            bairros.setdefault(nome_de_busca(bairro), bairro)
    if longos := [b for b in bairros.values() if len(b) > MAIOR_NOME]:
        como = "um por linha" if separados_por == UM_POR_LINHA else "os nomes separados por vírgula"
        raise ValueError(f"“{longos[0][:60]}…” é longo demais para um bairro. Escreva {como}.")
    if len(bairros) > MAIS_BAIRROS:
        raise ValueError(f"São {len(bairros)} bairros; cabem até {MAIS_BAIRROS}.")
    return tuple(bairros.values())
