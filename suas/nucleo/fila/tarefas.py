"""As rotinas na fila: a tarefa que as executa e o pedido de quem quer uma agora."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from suas.nucleo.fila.acoes import rotina_declarada
from suas.nucleo.fila.declarada import task
from suas.nucleo.fila.execucao import Execucao
from suas.nucleo.fila.models import EstadoDaTarefa, Rotina, Tarefa
from suas.nucleo.fila.posse import FILA_DAS_ROTINAS
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@task(queue_name=FILA_DAS_ROTINAS, takes_context=True, longa=True, titulo="Rotina")
def correr_rotina(context: Execucao, nome: str) -> None:
    """Executa a rotina e guarda o resultado em palavras; a que falha fica à vista na página de funcionamento."""
    rotina = rotina_declarada(nome)
    if rotina is None:
        raise LookupError(f"Nenhum módulo declara a rotina {nome}.")
    if rotina.inteira:
        with context.concluir():
            _guardar(nome, rotina.executar(context.relogio()), em=context.relogio())
        return
    resultado = rotina.executar(context.relogio())
    with context.concluir():
        _guardar(nome, resultado, em=context.relogio())


def _guardar(nome: str, resultado: str, *, em: datetime) -> None:
    Rotina.objects.filter(pk=nome).update(ultimo_resultado=resultado, terminou_em=em)


def por_na_fila(nome: str) -> None:
    """Uma execução da rotina; se a anterior ainda não terminou, vale ela. A que parou antes dá lugar a esta."""
    rotina = rotina_declarada(nome)
    if rotina is None:
        raise AtoRecusado("Esta rotina não existe nesta versão do sistema.")
    unica = f"rotina:{nome}"
    Tarefa.objects.filter(unica=unica, estado=EstadoDaTarefa.PARADA).update(estado=EstadoDaTarefa.CANCELADA)
    pedida = correr_rotina.using(titulo=rotina.nome_na_tela, unica=unica).enqueue(nome=nome)
    Rotina.objects.filter(pk=nome).update(tarefa_id=pedida.id)


@transaction.atomic
def pedir_rotina(*, nome: str, por: Ator, em: datetime) -> Rotina:
    """Alguém quer a rotina agora, sem esperar o horário. Recusa a que esta versão não tem."""
    linha, _ = Rotina.objects.get_or_create(nome=nome, defaults={"ultima_em": em})
    por_na_fila(nome)
    registrar(ato="fila.pedir_rotina", objeto=linha, por=por, em=em)
    return linha
