"""Quem cria, vê e revoga chaves, e quem lê o registro dos pedidos."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from suas.nucleo.api import consultas
from suas.nucleo.api.models import ChaveDeApi, RegistroDaApi
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao


def exigir_vinculo(ator: Ator) -> None:
    """Recusa (403) quem não age por vínculo algum: sem ele, o programa lê o que é público, sem chave."""
    if ator.vinculo is None:
        raise PermissionDenied(
            "A chave age por um vínculo, e você não tem nenhum. O que é público se lê sem chave; para o resto, peça o "
            "vínculo à gestão do seu município ou estado."
        )


def obter_chave_para_cuidar(ator: Ator, *, chave_id: UUID) -> ChaveDeApi:
    """A chave, se é da própria pessoa; a de outra não existe (404), nem para quem lê o registro do território."""
    return get_object_or_404(
        ChaveDeApi.objects.select_related("vinculo__pessoa"), pk=chave_id, vinculo__pessoa=ator.pessoa
    )


def ve_o_registro(ator: Ator) -> bool:
    return ator.pode(Permissao.TRILHA_VER, em=ator.abrangencia)


def obter_registro_para_ver(ator: Ator) -> QuerySet[RegistroDaApi]:
    """Os pedidos do território, para quem lê a trilha dele (senão 403)."""
    if not ve_o_registro(ator):
        raise PermissionDenied(
            "O registro dos pedidos do território é de quem lê a trilha: gestão, auditoria e administração federal. O "
            "das suas próprias chaves está na página de cada uma."
        )
    return consultas.registros_do_territorio(ator.abrangencia)
