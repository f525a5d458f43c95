"""Quem lê a trilha, quem lê as leituras e quem confere a corrente."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela import instalacao
from suas.nucleo.trilha import busca
from suas.nucleo.trilha.models import Ato

_RECUSAS = {
    Permissao.TRILHA_VER: (
        "A trilha é lida pela gestão titular ou adjunta e pela auditoria, cada uma no seu território. O que se fez com "
        "os seus dados está em “Meus dados”."
    ),
    Permissao.TRILHA_VER_LEITURAS: (
        "Quem leu dado pessoal é visto pela gestão titular ou adjunta e pela auditoria. Quem leu os seus está em "
        "“Meus dados”."
    ),
    Permissao.TRILHA_CONFERIR: "A corrente da trilha é conferida por quem cuida da instalação e pela auditoria dela.",
}


def confere(ator: Ator) -> bool:
    """O ator confere a corrente, que é uma só na instalação?"""
    tem = Permissao.TRILHA_CONFERIR in ator.papel.permissoes  # o menu pergunta em toda página: só lê o banco se preciso
    return tem and ator.alcanca(instalacao.territorio())


def exigir(ator: Ator, permissao: Permissao) -> None:
    """Recusa em palavras (403) quem não tem a permissão: a de conferir, na instalação; as outras, no seu território."""
    onde = instalacao.territorio() if permissao is Permissao.TRILHA_CONFERIR else ator.abrangencia
    if not ator.pode(permissao, em=onde):
        raise PermissionDenied(_RECUSAS[permissao])


def atos_da_abrangencia(ator: Ator) -> QuerySet[Ato]:
    """Os atos de quem age no território do ator; os do próprio sistema, para quem alcança a instalação."""
    exigir(ator, Permissao.TRILHA_VER)
    return busca.atos_em(ator.abrangencia, com_os_do_sistema=ator.alcanca(instalacao.territorio()))


def obter_ato_para_ver(ator: Ator, *, ato_id: int) -> Ato:
    """O ato, se foi feito na abrangência do ator; fora dela não existe (404); sem o direito, recusa (403)."""
    return get_object_or_404(atos_da_abrangencia(ator), pk=ato_id)
