"""Quem lê um aviso e quem cuida dos avisos e do correio da instalação."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.nucleo.avisos import consultas, modelos
from suas.nucleo.avisos.models import Aviso, Mensagem
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao
from suas.nucleo.tela import instalacao


def obter_aviso_para_abrir(ator: Ator, *, aviso_id: UUID) -> Aviso:
    """O aviso, se é de quem age; o de outra pessoa não existe (404)."""
    if ator.pessoa is None:
        raise Http404
    return get_object_or_404(consultas.avisos_de(ator.pessoa.pk), pk=aviso_id)


def pode_operar(ator: Ator) -> bool:
    """Cuida dos avisos e do correio desta instalação?"""
    if Permissao.AVISO_OPERAR not in ator.papel.permissoes:
        return False  # a maioria: sem ir ao banco perguntar de quem é a instalação
    return ator.pode(Permissao.AVISO_OPERAR, em=instalacao.territorio())


def exigir_operar(ator: Ator) -> None:
    """Recusa (403) quem não cuida dos avisos desta instalação."""
    if not pode_operar(ator):
        raise SemPermissao(
            "Só a titularidade do órgão que opera esta instalação cuida dos avisos e do correio. Peça a ela.",
            permissao=Permissao.AVISO_OPERAR,
            em=instalacao.territorio(),
        )


def obter_mensagem_para_ver(ator: Ator, *, mensagem_id: UUID) -> Mensagem:
    """A mensagem, para quem cuida do correio; na demonstração, também para quem a recebe. Para outros, não existe."""
    mensagem = get_object_or_404(Mensagem, pk=mensagem_id)
    if pode_operar(ator) or recebe_na_demonstracao(ator, mensagem):
        return mensagem
    raise Http404


def recebe_na_demonstracao(ator: Ator, mensagem: Mensagem) -> bool:
    """É demonstração, onde nenhum correio sai, e a mensagem é para quem age?"""
    return instalacao.atual().demonstracao and ator.pessoa is not None and mensagem.pessoa_id == ator.pessoa.pk


def obter_mensagem_para_operar(ator: Ator, *, mensagem_id: UUID) -> Mensagem:
    """A mensagem, para quem a pode mandar de novo (senão 403)."""
    exigir_operar(ator)
    return get_object_or_404(Mensagem, pk=mensagem_id)


def obter_modelo_para_ajustar(ator: Ator, *, codigo: str) -> modelos.Modelo:
    """O modelo de aviso, para quem pode ajustar o texto (senão 403); código que não há é 404."""
    exigir_operar(ator)
    try:
        return modelos.obter(codigo)
    except KeyError:
        raise Http404 from None
