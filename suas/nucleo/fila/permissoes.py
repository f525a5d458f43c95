"""Quem acompanha um andamento e quem cuida da fila da instalação."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from suas.nucleo.fila import consultas
from suas.nucleo.fila.models import Andamento, Tarefa
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela import instalacao
from suas.nucleo.tela.afazer import Pendencia
from suas.nucleo.tela.filtros import plural


def obter_andamento_para_ver(ator: Ator, *, andamento_id: UUID) -> Andamento:
    """O andamento, para quem alcança o território dele; senão ele não existe (404)."""
    andamento = get_object_or_404(Andamento, pk=andamento_id)
    if not ator.alcanca(andamento.abrangencia):
        raise Http404
    return andamento


def pode_operar(ator: Ator) -> bool:
    """Cuida da fila e das rotinas desta instalação?"""
    return ator.pode(Permissao.FILA_OPERAR, em=instalacao.territorio())


def exigir_operar(ator: Ator) -> None:
    """Recusa (403) quem não cuida da fila desta instalação."""
    if not pode_operar(ator):
        raise PermissionDenied(
            "Só a titularidade do órgão que opera esta instalação cuida das tarefas e das rotinas. Peça a ela."
        )


def obter_tarefa_para_operar(ator: Ator, *, tarefa_id: UUID) -> Tarefa:
    """A tarefa, para quem cuida da fila (senão 403); a que não há, ou já se apagou, é 404."""
    exigir_operar(ator)
    return get_object_or_404(Tarefa, pk=tarefa_id)


def pendencias(ator: Ator, hoje: date) -> Iterator[Pendencia]:
    """Tarefas paradas esperam por quem cuida da fila."""
    if Permissao.FILA_OPERAR not in ator.papel.permissoes or not pode_operar(ator):
        return
    if quantas := consultas.quantas_paradas():
        yield Pendencia(
            titulo=plural(quantas, "tarefa parada", "tarefas paradas"),
            situacao="parada" if quantas == 1 else "paradas",
            por_que="O sistema tentou e não conseguiu; só anda de novo se alguém mandar. Você cuida desta instalação.",
            endereco=f"{reverse('funcionamento')}#t-tarefas-paradas",
            acao="ver por quê",
        )
