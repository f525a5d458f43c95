"""Cancelar uma inscrição: o conselho abre com a razão, a entidade se defende, o conselho decide."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from suas.cadastros.entidades import etapas, permissoes
from suas.cadastros.entidades.acoes import passos, recados
from suas.cadastros.entidades.acoes.cadastro import tocar
from suas.cadastros.entidades.consultas import inscricoes
from suas.cadastros.entidades.models import Cancelamento, Inscricao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

Estado = Inscricao.Estado
CANCELAMENTO = "cancelamento"


@transaction.atomic
def abrir(*, inscricao: Inscricao, motivo: str, defesa_ate: date, por: Ator, em: datetime, hoje: date) -> Cancelamento:
    """O conselho abre o cancelamento, com a razão e o dia até o qual a entidade se defende."""
    permissoes.exigir_conselho(por, inscricao)
    atual = passos.travada(inscricao)
    if atual.estado != Estado.INSCRITA:
        raise AtoRecusado("Só se cancela inscrição em vigor.")
    if inscricoes.cancelamento_aberto(atual):
        raise AtoRecusado("Já há cancelamento aberto: decida-o primeiro.")
    if defesa_ate <= hoje:
        raise AtoRecusado("Dê à entidade ao menos até amanhã para se defender.", campo="defesa_ate")
    novo = Cancelamento.objects.create(inscricao=atual, motivo=motivo.strip(), aberto_em=hoje, defesa_ate=defesa_ate)
    passos.acrescentar(atual, etapa=CANCELAMENTO, resultado="aberto", dia=hoje, texto=motivo, ator=por, em=em)
    o_que = f"O conselho abriu o cancelamento da inscrição; a defesa vai até {defesa_ate:%d/%m/%Y}"
    _concluir(atual, o_que=o_que, ato="entidades.abrir_cancelamento", por=por, em=em)
    return novo


@transaction.atomic
def defender(*, inscricao: Inscricao, defesa: str, por: Ator, em: datetime, hoje: date) -> Cancelamento:
    """A entidade se defende; o conselho registra a que chega em papel. Depois do dia, ainda se recebe e se diz."""
    permissoes.exigir_pedido(por, inscricao)
    atual = passos.travada(inscricao)
    aberto = _aberto(atual)
    if aberto.defendida_em is not None:
        raise AtoRecusado(f"A defesa já foi apresentada em {aberto.defendida_em:%d/%m/%Y}.")
    aberto.defesa, aberto.defendida_em = defesa.strip(), hoje
    aberto.save(update_fields=["defesa", "defendida_em"])
    passos.acrescentar(atual, etapa=CANCELAMENTO, resultado="defendido", dia=hoje, texto=defesa, ator=por, em=em)
    tocar(atual.entidade, em=em)
    registrar(ato="entidades.defender_inscricao", objeto=atual.entidade, por=por, em=em, dados=passos.dados(atual))
    recados.ao_conselho(inscricao=atual, o_que="A entidade apresentou a defesa no cancelamento", por=por, em=em)
    return aberto


@transaction.atomic
def decidir(
    *, inscricao: Inscricao, cancela: bool, razao: str, resolucao: str, por: Ator, em: datetime, hoje: date
) -> Cancelamento:
    """O conselho cancela ou mantém. Sem defesa, só depois do dia que ele mesmo deu a ela (ADR 0042)."""
    permissoes.exigir_conselho(por, inscricao)
    atual = passos.travada(inscricao)
    aberto = _aberto(atual)
    if aberto.defendida_em is None and aberto.defesa_ate is not None and hoje <= aberto.defesa_ate:
        raise AtoRecusado(
            f"A entidade pode se defender até {aberto.defesa_ate:%d/%m/%Y}. Decida quando a defesa chegar, ou depois."
        )
    aberto.decisao = Cancelamento.Decisao.CANCELADA if cancela else Cancelamento.Decisao.MANTIDA
    aberto.razao, aberto.resolucao, aberto.decidido_em = razao.strip(), resolucao.strip(), hoje
    aberto.save()
    if cancela:
        Inscricao.objects.filter(pk=atual.pk).update(estado=Estado.CANCELADA, etapa="", encerrada_em=hoje)
        atual.estado = Estado.CANCELADA
    resultado = str(aberto.decisao)
    passos.acrescentar(atual, etapa=CANCELAMENTO, resultado=resultado, dia=hoje, texto=razao, ator=por, em=em)
    o_que = etapas.em_palavras(CANCELAMENTO, resultado)
    _concluir(atual, o_que=o_que, ato="entidades.decidir_cancelamento", por=por, em=em)
    if cancela:
        recados.ao_orgao_gestor(
            inscricao=atual, o_que=f"O conselho cancelou a inscrição nº {atual.numero}", por=por, em=em
        )
    return aberto


def _aberto(inscricao: Inscricao) -> Cancelamento:
    aberto = inscricoes.cancelamento_aberto(inscricao)
    if aberto is None:
        raise AtoRecusado("Não há cancelamento aberto nesta inscrição.")
    return aberto


def _concluir(inscricao: Inscricao, *, o_que: str, ato: str, por: Ator, em: datetime) -> None:
    Inscricao.objects.filter(pk=inscricao.pk).update(mudada_em=em)
    tocar(inscricao.entidade, em=em)
    registrar(ato=ato, objeto=inscricao.entidade, por=por, em=em, dados=passos.dados(inscricao, o_que))
    recados.a_entidade(inscricao=inscricao, o_que=o_que, por=por, em=em)
