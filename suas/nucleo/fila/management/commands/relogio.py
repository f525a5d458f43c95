"""`redesuas relogio`: executa as rotinas no horário. Um processo à parte em produção."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from suas.nucleo.fila import acoes

registro = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Executa as rotinas no horário (limpeza, conferência das partilhas seladas)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--uma-vez", action="store_true", help="executa as que venceram e sai")

    def handle(self, *args: Any, uma_vez: bool = False, **options: Any) -> None:
        while True:
            try:
                self._rodada()
            except OperationalError:
                registro.exception("O banco não respondeu; o relógio tenta de novo em um minuto.")
            if uma_vez:
                return
            time.sleep(60)
            close_old_connections()

    def _rodada(self) -> None:
        agora = timezone.now()
        for rotina in acoes.vencidas(em=agora):
            try:
                acoes.executar_rotina(nome=rotina.nome, em=agora)
            except OperationalError:
                raise
            except Exception:
                # uma rotina com defeito não para as outras; o defeito fica inteiro no registro do servidor
                registro.exception("A rotina %s falhou.", rotina.nome)
