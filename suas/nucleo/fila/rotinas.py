"""Limpezas do próprio núcleo."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.management import call_command

from suas.nucleo.fila import posse
from suas.nucleo.fila.acoes import RotinaDeclarada, registrar_rotina
from suas.nucleo.fila.models import Andamento, EstadoDaTarefa, Tarefa

GUARDA = timedelta(days=30)
GUARDA_DE_ROTINA = timedelta(days=2)  # há as de minuto em minuto; o último resultado fica na própria rotina


def limpar(em: datetime) -> str:
    """Apaga sessões vencidas e o rastro de tarefas terminadas há mais de 30 dias. A parada não se apaga."""
    call_command("clearsessions")
    terminadas = Tarefa.objects.filter(estado__in=(EstadoDaTarefa.FEITA, EstadoDaTarefa.CANCELADA))
    terminadas.filter(fila=posse.FILA_DAS_ROTINAS, terminada_em__lt=em - GUARDA_DE_ROTINA).delete()
    tarefas, _ = terminadas.filter(terminada_em__lt=em - GUARDA).delete()
    andamentos, _ = Andamento.objects.filter(terminado_em__lt=em - GUARDA).delete()
    posse.esquecer_mortos(em=em)
    return f"{tarefas} tarefas e {andamentos} andamentos antigos apagados."


def registrar() -> None:
    registrar_rotina(
        RotinaDeclarada(
            nome="nucleo.limpar", cron="30 3 * * *", executar=limpar, titulo="Limpar sessões e tarefas antigas"
        )
    )
