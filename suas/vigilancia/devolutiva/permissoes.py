"""Quem lê as somas de um território e a devolutiva de uma unidade: quem lê o mês dela."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.recusa import SemPermissao
from suas.vigilancia.mensais import permissoes as do_mes

QUEM_VE = "As somas do território são de quem o acompanha inteiro; a coordenação lê a devolutiva da própria unidade."


def exigir_somas(ator: Ator, *, onde: str) -> None:
    """404 fora do alcance; 403 a quem não lê o mês no território inteiro."""
    if not ator.alcanca(onde):
        raise Http404
    if not ator.pode(do_mes.VER, em=onde):
        raise SemPermissao(QUEM_VE, permissao=do_mes.VER, em=onde)


def ve_as_somas(ator: Ator) -> bool:
    return bool(ator.abrangencia) and ator.pode(do_mes.VER, em=ator.abrangencia)


def obter_unidade_para_ver(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A unidade cuja devolutiva o ator lê."""
    return do_mes.obter_unidade_para_ver(ator, unidade_id=unidade_id)
