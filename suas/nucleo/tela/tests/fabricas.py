"""Ler de volta o que se escreveu num PDF."""

from __future__ import annotations

import re
import zlib


def texto_do_pdf(pdf: bytes) -> str:
    """O que está escrito, página a página, sem a formatação."""
    partes = [zlib.decompress(p) for p in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)]
    escrito = "\n".join(
        " ".join(_sem_barra(achado) for achado in re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", parte)) for parte in partes
    )
    return " ".join(escrito.split())


def _sem_barra(achado: bytes) -> str:
    return re.sub(rb"\\(.)", rb"\1", achado).decode("cp1252")
