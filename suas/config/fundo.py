"""O trabalho que não espera por ninguém: as tarefas da fila e as rotinas no horário."""

from __future__ import annotations

import os
import signal
import sys
import threading

from suas.config.argumentos import Analisador
from suas.config.gerenciar import preparar_django


def trabalhador(argv: list[str]) -> int:
    """`redesuas trabalhador`: executa as tarefas da fila até receber o sinal de fim."""
    analisador = Analisador(comando="trabalhador", descricao="Executa as tarefas da fila, uma de cada vez.")
    analisador.add_argument("--ate-esvaziar", action="store_true", help="sai quando não houver mais tarefas")
    pedido = analisador.parse_args(argv)
    preparar_django()
    _tarefas(ate_esvaziar=pedido.ate_esvaziar)
    return 0


def relogio(argv: list[str]) -> int:
    """`redesuas relogio`: executa as rotinas no horário até receber o sinal de fim."""
    analisador = Analisador(comando="relogio", descricao="Executa as rotinas no horário de Brasília.")
    analisador.add_argument("--uma-vez", action="store_true", help="executa as que venceram e sai")
    pedido = analisador.parse_args(argv)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    preparar_django()
    _rotinas(uma_vez=pedido.uma_vez)
    return 0


def juntos() -> int:
    """Tarefas na linha principal, que trata os sinais, e rotinas numa linha ao lado."""
    preparar_django()
    threading.Thread(target=_relogio_ou_nada, name="relogio", daemon=True).start()
    _tarefas(ate_esvaziar=False)
    return 0


def _relogio_ou_nada() -> None:
    """Se o relógio parar, o processo inteiro para e quem o vigia o recomeça: rotina nenhuma some em silêncio."""
    try:
        _rotinas(uma_vez=False)
    finally:
        os.kill(os.getpid(), signal.SIGTERM)


def _tarefas(*, ate_esvaziar: bool) -> None:
    from django.core.management import call_command

    call_command(
        "db_worker", queue_name="*", interval=1, batch=ate_esvaziar, startup_delay=False, reload=False, verbosity=0
    )


def _rotinas(*, uma_vez: bool) -> None:
    from django.core.management import call_command

    call_command("relogio", uma_vez=uma_vez)


if __name__ == "__main__":
    sys.exit(juntos())
