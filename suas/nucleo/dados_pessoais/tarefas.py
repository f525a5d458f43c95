"""A rotina da guarda: toda madrugada, apaga o que passou do prazo."""

from __future__ import annotations

from datetime import datetime

from suas.nucleo.dados_pessoais import acoes
from suas.nucleo.fila.acoes import RotinaDeclarada, registrar_rotina
from suas.nucleo.permissoes.ator import ATOR_PUBLICO


def aplicar_guarda(em: datetime) -> str:
    """Apaga o que venceu e diz quantas linhas."""
    return f"{acoes.aplicar_guarda(por=ATOR_PUBLICO, em=em)} linhas apagadas por prazo de guarda."


def registrar() -> None:
    registrar_rotina(
        RotinaDeclarada(
            nome="dados_pessoais.guarda",
            cron="45 3 * * *",
            executar=aplicar_guarda,
            titulo="Apagar o que passou do prazo de guarda",
        )
    )
