"""A busca ativa é da unidade: só a equipe dela vê a lista e diz no que deu (ADR 0099)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.atendimento.familias import permissoes as familias
from suas.atendimento.territorial.models import Lista, Procurada
from suas.nucleo.permissoes.ator import Ator


def obter_lista_para_cuidar(ator: Ator, *, lista_id: UUID) -> Lista:
    """A lista da unidade do ator; nas outras ela não existe (404)."""
    lista = get_object_or_404(Lista.objects.select_related("unidade"), pk=lista_id, abrangencia=ator.abrangencia)
    if familias.obter_unidade_para_atender(ator).pk != lista.unidade_id:
        raise Http404
    return lista


def obter_procurada_para_cuidar(ator: Ator, *, procurada_id: UUID) -> Procurada:
    """Uma família de uma lista da unidade do ator."""
    procurada = get_object_or_404(
        Procurada.objects.select_related("lista", "familia"), pk=procurada_id, abrangencia=ator.abrangencia
    )
    obter_lista_para_cuidar(ator, lista_id=procurada.lista_id)
    return procurada
