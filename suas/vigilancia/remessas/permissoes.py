"""Quem manda remessas e quem as lê de volta."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.recusa import SemPermissao
from suas.vigilancia.mensais import permissoes as do_mes
from suas.vigilancia.remessas.models import Remessa


def exigir_envio(ator: Ator) -> None:
    """Manda remessa quem preenche o mês de alguma unidade; de quais, confere-se uma a uma."""
    if not ator.pode(do_mes.PREENCHER, em=ator.abrangencia, unidade=ator.unidade):
        raise SemPermissao(do_mes.QUEM_PREENCHE, permissao=do_mes.PREENCHER, em=ator.abrangencia)


def exigir_leitura(ator: Ator) -> None:
    if not ator.pode(do_mes.VER, em=ator.abrangencia, unidade=ator.unidade):
        raise SemPermissao(do_mes.QUEM_VE, permissao=do_mes.VER, em=ator.abrangencia)


def preenche(ator: Ator, unidade: Unidade) -> bool:
    return do_mes.pode(ator, do_mes.PREENCHER, unidade)


def obter_remessa_para_ver(ator: Ator, *, remessa_id: UUID) -> Remessa:
    """A remessa que a própria pessoa mandou; de outra, não existe."""
    return get_object_or_404(Remessa, pk=remessa_id, pessoa=ator.pessoa)
