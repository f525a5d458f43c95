"""Quem pede, quem decide, quem entrega e quem escreve a regra do município (ADR 0098)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.atendimento.beneficios.models import Bpc, Pedido
from suas.atendimento.familias import permissoes as familias
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao

DECIDIR, REGULAR = Permissao.BENEFICIO_DECIDIR, Permissao.BENEFICIO_REGULAR
QUEM_DECIDE = (
    "Concede ou não um benefício a coordenação, ou um técnico de nível superior, da unidade que recebeu o pedido."
)
QUEM_REGULA = "A regra dos benefícios eventuais é do município: registra-a a gestão municipal."


def obter_pedido_para_ver(ator: Ator, *, pedido_id: UUID) -> Pedido:
    """O pedido feito na unidade do ator; nas outras ele não existe (404)."""
    pedido = get_object_or_404(
        Pedido.objects.select_related("familia", "pessoa", "unidade", "profissional", "decidido_por", "regra"),
        pk=pedido_id,
        abrangencia=ator.abrangencia,
    )
    if familias.obter_unidade_para_atender(ator).pk != pedido.unidade_id:
        raise Http404
    return pedido


def decide(ator: Ator) -> bool:
    """O papel concede benefícios na própria unidade?"""
    return DECIDIR in ator.papel.permissoes and ator.unidade is not None


def obter_pedido_para_decidir(ator: Ator, *, pedido_id: UUID) -> Pedido:
    """O pedido da unidade, de quem decide (403 aos demais da equipe)."""
    pedido = obter_pedido_para_ver(ator, pedido_id=pedido_id)
    if not ator.pode(DECIDIR, em=pedido.abrangencia, unidade=pedido.unidade_id):
        raise SemPermissao(QUEM_DECIDE, permissao=DECIDIR, em=pedido.abrangencia, unidade=pedido.unidade_id)
    return pedido


def obter_bpc_para_cuidar(ator: Ator, *, bpc_id: UUID) -> Bpc:
    """Quem recebe o BPC e a unidade do ator acompanha."""
    bpc = get_object_or_404(
        Bpc.objects.select_related("familia", "pessoa", "unidade"), pk=bpc_id, abrangencia=ator.abrangencia
    )
    if familias.obter_unidade_para_atender(ator).pk != bpc.unidade_id:
        raise Http404
    return bpc


def regula(ator: Ator, municipio: str) -> bool:
    """O ator escreve a regra deste município? Só a gestão dele mesmo."""
    return ator.abrangencia == municipio and ator.pode(REGULAR, em=municipio)


def obter_municipio_para_regular(ator: Ator, *, codigo: str) -> Municipio:
    """O município do ator, de que ele escreve a regra."""
    municipio = get_object_or_404(Municipio.objects.select_related("uf"), pk=codigo)
    if not regula(ator, municipio.pk):
        raise SemPermissao(QUEM_REGULA, permissao=REGULAR, em=municipio.pk)
    return municipio
