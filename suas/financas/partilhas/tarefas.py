"""A simulação na fila, com andamento visível, e a conferência noturna das partilhas seladas."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from suas.financas.partilhas.acoes import abertura, insumos, simulacao
from suas.financas.partilhas.acoes.abertas import travada
from suas.financas.partilhas.consultas.memorias import conferir_gravado
from suas.financas.partilhas.models import Estado, Insumo, Partilha
from suas.nucleo.fila import acoes as fila
from suas.nucleo.fila.consultas import EstadoDoAndamento
from suas.nucleo.fila.consultas import andamento as achar_andamento
from suas.nucleo.fila.declarada import task
from suas.nucleo.fila.execucao import Execucao
from suas.nucleo.identidade.consultas import ator_pelo_vinculo
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado

if TYPE_CHECKING:
    from suas.nucleo.fila.models import Andamento

#: Passado este tempo sem terminar, quem pede de novo ganha outra simulação.
PACIENCIA = timedelta(minutes=5)
registro = logging.getLogger(__name__)


def pedir_simulacao(*, partilha: Partilha, por: Ator, em: datetime) -> Andamento:
    """Põe a simulação na fila e devolve o andamento que a tela acompanha. Recusa partilha já pactuada.

    Quem pede duas vezes seguidas acompanha a mesma: só se põe outra na fila se a que corre já leu insumos que mudaram.
    """
    with transaction.atomic():
        atual = travada(partilha)
        if not atual.em_preparo:
            raise AtoRecusado(f"Esta partilha está {atual.get_estado_display()}: já não se simula. Crie um cenário.")
        em_curso = _em_curso(atual, em=em)
        if em_curso is not None:
            return em_curso
        andamento = fila.abrir(titulo=f"Simulação de {partilha.nome}"[:200], abrangencia=partilha.ambito, em=em)
        Partilha.objects.filter(pk=partilha.pk).update(andamento_id=andamento.pk)
        simular.using(
            titulo=andamento.titulo,
            andamento=andamento.pk,
            abrangencia=partilha.ambito,
            vinculo=por.vinculo.pk if por.vinculo else None,
        ).enqueue(
            partilha_id=str(partilha.pk),
            andamento_id=str(andamento.pk),
            vinculo_id=str(por.vinculo.pk) if por.vinculo else "",
            em=em.isoformat(),
        )
    return andamento


def _em_curso(partilha: Partilha, *, em: datetime) -> Andamento | None:
    """A simulação pedida há pouco que ainda vai ler, ou já leu, os insumos como estão agora."""
    if partilha.andamento_id is None:
        return None
    andamento = achar_andamento(partilha.andamento_id)
    if andamento.terminou or em - andamento.pedido_em > PACIENCIA:
        return None
    vale = andamento.estado == EstadoDoAndamento.NA_FILA or partilha.mudada_em <= andamento.pedido_em
    return andamento if vale else None


def corrigir_e_simular(
    *, insumo: Insumo, correcao: insumos.Correcao, por: Ator, em: datetime
) -> tuple[Insumo, Andamento | None]:
    """Corrige um dado e, se a partilha já tinha resultado e nada falta, pede nova simulação e devolve o andamento."""
    corrigido = insumos.corrigir_insumo(insumo=insumo, correcao=correcao, por=por, em=em)
    if corrigido.partilha.versao_simulada is None or corrigido.partilha.faltas:
        return corrigido, None
    return corrigido, pedir_simulacao(partilha=corrigido.partilha, por=por, em=em)


def criar_cenario_e_simular(*, partilha: Partilha, escolhas: abertura.Escolhas, por: Ator, em: datetime) -> Partilha:
    """Cria o cenário e, se nada falta, pede a simulação dele."""
    cenario = abertura.criar_cenario(partilha=partilha, escolhas=escolhas, por=por, em=em)
    if not cenario.faltas:
        pedir_simulacao(partilha=cenario, por=por, em=em)
    return cenario


@task(takes_context=True, longa=True, titulo="Simulação de partilha")
def simular(context: Execucao, partilha_id: str, andamento_id: str, vinculo_id: str, em: str) -> None:
    """Simula e conta o andamento em palavras. Uma recusa termina o andamento com a mensagem.

    A conta é feita fora da transação; as cotas, a memória e o fim da tarefa ficam juntos, ou nada fica.
    """
    pedida_em = datetime.fromisoformat(em)
    andamento = achar_andamento(UUID(andamento_id))
    try:
        lida, calculo = simulacao.preparar(partilha=Partilha.objects.get(pk=partilha_id), conte=context.contar)
        with context.concluir():
            partilha = simulacao.gravar(lida=lida, calculo=calculo, por=ator_pelo_vinculo(vinculo_id), em=pedida_em)
            mensagem = f"Simulação concluída: {partilha.resumo['totais']['municipios']} municípios."
            fila.encerrar(andamento, mensagem=mensagem, em=context.relogio())
    except (AtoRecusado, Partilha.DoesNotExist) as recusa:
        excluida = isinstance(recusa, Partilha.DoesNotExist)
        mensagem = "A partilha foi excluída antes de ser simulada." if excluida else str(recusa)
        with context.concluir():
            fila.encerrar(andamento, mensagem=mensagem, falhou=True, em=context.relogio())


def conferir_seladas(em: datetime) -> str:
    """Confere a memória de cada partilha selada com o SHA-256, as cotas e os insumos dela; devolve o resultado."""
    conferidas, diferentes = 0, []
    for partilha in Partilha.objects.filter(estado=Estado.SELADA).order_by("pk"):
        conferidas += 1
        conferencia = conferir_gravado(partilha)
        if not conferencia.confere:
            diferentes.append(f"{partilha} [{partilha.pk}]: {', '.join(conferencia.diferencas)}")
    if diferentes:
        registro.error("Partilha selada com diferença: %s", "; ".join(diferentes))
        return f"{conferidas} partilhas seladas conferidas; com diferença: {'; '.join(diferentes)}."
    return f"{conferidas} partilhas seladas conferidas; nenhuma diferença."
