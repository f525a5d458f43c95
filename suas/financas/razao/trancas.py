"""A segunda tranca do razão: vê o livro quem alcança o território dele; escreve nele só quem age por ele."""

from __future__ import annotations

from suas.nucleo.tranca import ABRANGENCIA, Tranca, alcanca, registrar_tranca


def registrar() -> None:
    """Declara as trancas; chamado no `ready` do módulo."""
    for tabela in ("razao_conta", "razao_lancamento", "razao_saldodiario", "razao_fechamento"):
        registrar_tranca(
            Tranca(tabela=tabela, ve=alcanca(f"{tabela}.abrangencia"), muda=f"({tabela}.abrangencia = {ABRANGENCIA})")
        )
