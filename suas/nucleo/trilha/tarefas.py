"""O que o relógio e a fila fazem com a trilha."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django_tasks import task  # o da fila fica acima da trilha; o backend é o mesmo

from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha import acoes, verificacao
from suas.nucleo.trilha.consultas import objeto_da_corrente

#: Lotes menores, e uma parada entre eles: depois de uma carga grande, o lacre não segura quem usa o sistema.
LOTE_DA_ROTINA = 500
FOLGA_DA_ROTINA = 0.1


def lacrar(em: datetime) -> str:
    """Lacra o que está aberto; corre a cada minuto."""
    return f"{acoes.lacrar(em=em, limite=LOTE_DA_ROTINA, folga=FOLGA_DA_ROTINA)} linhas lacradas."


def verificar(em: datetime) -> str:
    """Verifica a corrente inteira e guarda o resultado; corre uma vez por dia e quando alguém pede."""
    resultado = verificacao.verificar(em=em)
    acoes.guardar_verificacao(resultado=resultado, em=em)
    if resultado.inteira:
        return f"Corrente inteira: {resultado.conferidos} elos conferidos."
    return f"A corrente tem {resultado.total_de_quebras} quebras; veja com ./redesuas trilha verificar."


@transaction.atomic
def pedir_verificacao(*, por: Ator, em: datetime) -> None:
    """Põe na fila a verificação da corrente inteira; o pedido fica na trilha."""
    acoes.registrar(ato="trilha.pedir_verificacao", objeto=objeto_da_corrente(), por=por, em=em)
    verificar_na_fila.enqueue(em=em.isoformat())


@task(longa=True, titulo="Verificação da trilha")
def verificar_na_fila(em: str) -> None:
    """Verifica e guarda o resultado, que a página da corrente mostra."""
    verificar(datetime.fromisoformat(em))
