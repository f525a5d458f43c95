"""Mandar as comunicações pela fila, em lotes, e propor as do dia."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from suas.nucleo.fila.acoes import RotinaDeclarada, registrar_rotina
from suas.nucleo.fila.declarada import task
from suas.nucleo.identidade.consultas import ator_pelo_vinculo
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator
from suas.nucleo.tela import instalacao
from suas.vigilancia.monitoramento import acoes, comunicados
from suas.vigilancia.monitoramento.models import Comunicacao

#: Destinatários em cada tarefa: a transação de um lote não prende o banco por mais de um ou dois segundos.
POR_LOTE = 50


@task(titulo="Aviso de prazo aos municípios")
def entregar(*, comunicacao: str, destinatarios: list[int], vinculo: str, em: str) -> None:
    """Um lote da comunicação. Repetir é seguro: cada um recebe uma vez o de cada causa."""
    quando = datetime.fromisoformat(em)
    acoes.entregar(
        comunicacao_id=UUID(comunicacao),
        destinatarios=destinatarios,
        por=ator_pelo_vinculo(vinculo),
        em=quando,
        hoje=timezone.localdate(quando),
    )


def enviar(*, comunicacao: Comunicacao, por: Ator, em: datetime) -> int:
    """Decide e põe na fila, em lotes, na mesma transação: quem manda não espera. Devolve a quantos vai."""
    with transaction.atomic():
        todos = acoes.enviar(comunicacao=comunicacao, por=por, em=em, hoje=timezone.localdate(em))
        for comeco in range(0, len(todos), POR_LOTE):
            lote = entregar.using(unica=f"comunicacao:{comunicacao.pk}:{comeco}")
            lote.enqueue(
                comunicacao=str(comunicacao.pk),
                destinatarios=[d.pk for d in todos[comeco : comeco + POR_LOTE]],
                vinculo=str(por.vinculo.pk) if por.vinculo else "",
                em=em.isoformat(),
            )
    return len(todos)


def propor_as_do_dia(em: datetime) -> str:
    """Uma vez por dia: o que cabe avisar em cada lugar fica à espera de quem decida."""
    hoje = timezone.localdate(em)
    novas = [
        nova
        for onde in comunicados.lugares_da_casa(instalacao.territorio())
        for nova in acoes.propor(onde=onde, por=ATOR_PUBLICO, em=em, hoje=hoje)
    ]
    return f"Comunicações propostas: {len(novas)}."


def registrar() -> None:
    registrar_rotina(
        RotinaDeclarada(
            nome="monitoramento.propor",
            cron="30 6 * * *",
            executar=propor_as_do_dia,
            titulo="Propor os avisos de prazo",
        )
    )
