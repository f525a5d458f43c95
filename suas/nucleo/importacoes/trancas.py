"""A segunda tranca: vê e muda a planilha quem alcança o território em que foi trazida."""

from __future__ import annotations

from suas.nucleo.tranca import trancar_por_territorio


def registrar() -> None:
    """Declara as trancas; chamado no `ready` do módulo."""
    trancar_por_territorio("importacoes_importacao")
    trancar_por_territorio("importacoes_mapeamento")
