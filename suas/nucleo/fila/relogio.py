"""O relógio: põe cada rotina na fila uma vez por horário, por mais relógios que haja."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from suas.nucleo.fila import horarios
from suas.nucleo.fila.acoes import rotinas_declaradas
from suas.nucleo.fila.models import Rotina
from suas.nucleo.fila.tarefas import por_na_fila


def agendar(*, em: datetime) -> list[str]:
    """Põe na fila as rotinas cujo horário passou e devolve os nomes.

    O horário que se perdeu com tudo desligado vale uma execução, não várias. A rotina nova espera o primeiro horário.
    O horário atendido só anda para a frente: relógio atrasado, ou hora repetida, não repete rotina.
    """
    atendidos = dict(Rotina.objects.values_list("nome", "ultima_em"))
    postas = []
    for rotina in rotinas_declaradas():
        devido = horarios.anterior(rotina.cron, em=em)
        atendido = atendidos.get(rotina.nome)
        if atendido is None:
            Rotina.objects.get_or_create(nome=rotina.nome, defaults={"ultima_em": em})
        elif atendido < devido:
            with transaction.atomic():
                # de dois relógios no mesmo instante, só um muda a linha
                if Rotina.objects.filter(pk=rotina.nome, ultima_em__lt=devido).update(ultima_em=devido):
                    por_na_fila(rotina.nome)
                    postas.append(rotina.nome)
    return postas
