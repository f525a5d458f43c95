"""O que o relógio faz pelos avisos."""

from __future__ import annotations

from suas.nucleo.avisos import tarefas
from suas.nucleo.fila.acoes import RotinaDeclarada, registrar_rotina


def registrar() -> None:
    registrar_rotina(
        RotinaDeclarada(
            nome="avisos.correio",
            cron="* * * * *",
            executar=tarefas.cuidar_do_correio,
            titulo="Enviar o correio que espera",
        )
    )
    registrar_rotina(
        RotinaDeclarada(
            nome="avisos.resumo", cron="0 7 * * *", executar=tarefas.enviar_resumos, titulo="Mandar o resumo do dia"
        )
    )
    registrar_rotina(
        RotinaDeclarada(
            nome="avisos.cabeca",
            cron="10 5 * * *",  # depois da verificação das 4h40, cujo resultado vai junto
            executar=tarefas.mandar_cabeca,
            titulo="Mandar a cabeça da trilha",
        )
    )
