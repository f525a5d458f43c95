"""O que o relógio faz com as partilhas."""

from __future__ import annotations

from suas.financas.partilhas import tarefas
from suas.nucleo.fila.acoes import RotinaDeclarada, registrar_rotina


def registrar() -> None:
    registrar_rotina(
        RotinaDeclarada(
            nome="partilhas.conferir_seladas",
            cron="15 4 * * *",
            executar=tarefas.conferir_seladas,
            titulo="Conferir as partilhas seladas",
        )
    )
