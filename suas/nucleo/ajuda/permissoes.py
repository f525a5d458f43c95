"""Quem vê e quem atende um pedido de ajuda."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from suas.nucleo.ajuda import consultas
from suas.nucleo.ajuda.models import Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao


def atende(ator: Ator) -> bool:
    """O papel atende pedidos de ajuda no seu território?"""
    return ator.pode(Permissao.AJUDA_ATENDER, em=ator.abrangencia)


def exigir_atender(ator: Ator) -> None:
    """Recusa (403) quem não atende pedidos."""
    if not atende(ator):
        raise PermissionDenied(
            "Só a gestão, as gerências estaduais e a vigilância municipal atendem pedidos de ajuda. Os seus estão em "
            "“Pedir ajuda”."
        )


def obter_pedido_para_ver(ator: Ator, *, pedido_id: UUID) -> Pedido:
    """O pedido, para quem o fez e para quem o atende; para os outros, não existe (404)."""
    return get_object_or_404(consultas.visiveis(ator).select_related("pessoa"), pk=pedido_id)


def obter_pedido_para_atender(ator: Ator, *, pedido_id: UUID) -> Pedido:
    """O pedido, para quem o atende (404 fora do território; 403 para quem só o fez)."""
    pedido = obter_pedido_para_ver(ator, pedido_id=pedido_id)
    if not ator.pode(Permissao.AJUDA_ATENDER, em=pedido.com):
        raise PermissionDenied("Quem atende este pedido é a equipe a que ele foi. Você pode escrever nele outra vez.")
    return pedido
