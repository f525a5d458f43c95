"""Quem vê o registro do tratamento, quem responde aos pedidos e quem apaga."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth import get_user_model
from django.shortcuts import get_object_or_404

from suas.nucleo.dados_pessoais.models import Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao
from suas.nucleo.tela import instalacao

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa

_RECUSAS = {
    Permissao.DADO_PESSOAL_VER_REGISTRO: (
        "O registro do tratamento de dados é lido por quem cuida da instalação, pela auditoria e pela ouvidoria dela. "
        "O que todos podem saber está na página de privacidade."
    ),
    Permissao.DADO_PESSOAL_APAGAR: (
        "Só a titularidade que cuida da instalação responde a pedidos e apaga dados. Para os seus, faça o pedido em "
        "“Meus dados”."
    ),
}


def pode(ator: Ator, permissao: Permissao) -> bool:
    """O ator tem a permissão no território da instalação?"""
    tem = permissao in ator.papel.permissoes  # o menu pergunta em toda página: só lê o banco se preciso
    return tem and ator.alcanca(instalacao.territorio())


def exigir(ator: Ator, permissao: Permissao) -> None:
    """Recusa em palavras (403) quem não tem a permissão no território da instalação."""
    if not pode(ator, permissao):
        raise SemPermissao(_RECUSAS[permissao], permissao=permissao, em=instalacao.territorio())


def obter_pedido_para_responder(ator: Ator, *, pedido_id: UUID) -> Pedido:
    """O pedido, para quem responde na instalação; para os outros, recusa (403)."""
    exigir(ator, Permissao.DADO_PESSOAL_APAGAR)
    return get_object_or_404(Pedido.objects.select_related("pessoa"), pk=pedido_id)


def obter_pessoa_para_apagar(ator: Ator, *, pessoa_id: UUID) -> Pessoa:
    """A pessoa cujos dados se apagam, para quem apaga na instalação; para os outros, recusa (403)."""
    exigir(ator, Permissao.DADO_PESSOAL_APAGAR)
    pessoa: Pessoa = get_object_or_404(get_user_model(), pk=pessoa_id)
    return pessoa
