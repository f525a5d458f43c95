"""A senha mudou: as outras sessões terminam e fica a linha na trilha."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from django.db import transaction

from suas.nucleo.entrada.recados import contar_mudanca
from suas.nucleo.identidade.acoes.sessoes import encerrar_sessoes
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa

Como = Literal["trocada", "criada", "redefinida"]


@transaction.atomic
def mudar_senha(*, pessoa: Pessoa, como: Como, sessao_atual: str, por: Ator, em: datetime) -> None:
    """Chamado na transação que gravou a senha nova. `sessao_atual` continua; vazia, todas terminam."""
    encerrar_sessoes(pessoa=pessoa, motivo=f"Senha {como}", por=por, em=em, menos=sessao_atual)
    contar_mudanca(pessoa=pessoa, mudanca=f"a senha foi {como}", por=por, em=em)
    registrar(ato="entrada.mudar_senha", objeto=pessoa, por=por, em=em, dados={"como": como})


@transaction.atomic
def pedir_redefinicao(*, pessoa: Pessoa, por: Ator, em: datetime) -> None:
    """Alguém pediu, sem entrar, o endereço para definir outra senha; ele foi ao e-mail da pessoa."""
    registrar(ato="entrada.pedir_redefinicao", objeto=pessoa, por=por, em=em)
