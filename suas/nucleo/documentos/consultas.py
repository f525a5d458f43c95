"""Reconhecer um documento."""

from __future__ import annotations

# Começo do arquivo -> tipo. O nome que a pessoa deu não prova nada.
_ASSINATURAS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
TIPOS_ACEITOS = "PDF, PNG ou JPEG"
TAMANHO_MAXIMO_MB = 10


def tipo_pelo_conteudo(inicio: bytes) -> str | None:
    """O tipo segundo os primeiros bytes, ou None se não é dos aceitos."""
    return next((tipo for assinatura, tipo in _ASSINATURAS if inicio.startswith(assinatura)), None)
