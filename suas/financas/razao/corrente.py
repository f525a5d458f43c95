"""O resumo que encadeia cada lançamento com o anterior do seu livro: mudar um número desfaz todos os seguintes."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from uuid import UUID


def resumir(
    *,
    anterior: str,
    abrangencia: str,
    numero: int,
    dia: date,
    debito: UUID,
    credito: UUID,
    centavos: int,
    documento: str,
    chave: str,
    historico: str,
    estorna: UUID | None,
) -> str:
    """SHA-256, em hexadecimal, do resumo anterior e de todos os campos que importam."""
    campos = [
        anterior, abrangencia, numero, dia.isoformat(), debito.hex, credito.hex, centavos, documento, chave, historico,
        estorna.hex if estorna else "",
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(campos, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
