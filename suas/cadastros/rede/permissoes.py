"""Quem vê e quem muda a rede. As telas só chegam a uma unidade por `obter_…_para_…`."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator


def obter_unidade_para_ver(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A ficha é pública; o endereço reservado se pergunta em `ve_endereco`."""
    return get_object_or_404(Unidade.objects.select_related("municipio__uf", "fundida_em"), pk=unidade_id)


def ve_endereco(ator: Ator, unidade: Unidade) -> bool:
    """O endereço reservado só se mostra a quem age no território da unidade."""
    return not unidade.endereco_reservado or ator.alcanca(unidade.municipio_id)
