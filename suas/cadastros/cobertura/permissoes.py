"""Quem define o território de um CRAS: quem cuida do cadastro da unidade. Ler a cobertura é público."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from suas.cadastros.rede.models import Unidade
from suas.cadastros.rede.permissoes import obter_unidade_para_atualizar
from suas.nucleo.permissoes.ator import Ator


def obter_cras_para_definir(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """O CRAS de que o ator cuida; unidade de outro tipo não tem território (404)."""
    unidade = obter_unidade_para_atualizar(ator, unidade_id=unidade_id)
    if unidade.tipo != Unidade.Tipo.CRAS:
        raise Http404
    return unidade
