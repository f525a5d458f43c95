"""Limpezas do próprio núcleo."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from suas.nucleo.fila.acoes import RotinaDeclarada, registrar_rotina
from suas.nucleo.fila.models import Andamento

GUARDA = timedelta(days=30)


def limpar(em: datetime) -> str:
    """Apaga sessões vencidas e o rastro de tarefas terminadas há mais de 30 dias."""
    call_command("clearsessions")
    tarefas, _ = DBTaskResult.objects.filter(finished_at__lt=em - GUARDA).delete()
    andamentos, _ = Andamento.objects.filter(terminado_em__lt=em - GUARDA).delete()
    return f"{tarefas} tarefas e {andamentos} andamentos antigos apagados."


def registrar() -> None:
    registrar_rotina(RotinaDeclarada(nome="nucleo.limpar", cron="30 3 * * *", executar=limpar))
