"""Entrar, sair e tentar demais: cada um deixa uma linha na trilha, sem endereço de rede nem e-mail."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa


@transaction.atomic
def entrar(*, pessoa: Pessoa, meios: list[str], por: Ator, em: datetime) -> None:
    """A pessoa entrou, por estes meios (senha, código do aplicativo, código de recuperação, provedor)."""
    registrar(ato="entrada.entrar", objeto=pessoa, por=por, em=em, dados={"meios": meios})


@transaction.atomic
def sair(*, pessoa: Pessoa, por: Ator, em: datetime, motivo: str = "") -> None:
    """A pessoa saiu, ou a sessão dela venceu; `motivo` diz por quê quando não foi ela."""
    registrar(ato="entrada.sair", objeto=pessoa, por=por, em=em, motivo=motivo)


@transaction.atomic
def tentar_demais(*, pessoa: Pessoa, onde: str, por: Ator, em: datetime) -> None:
    """O limite de tentativas foi atingido na conta da pessoa; quem tentou não é sabido, e age como o público."""
    registrar(ato="entrada.tentar_demais", objeto=pessoa, por=por, em=em, dados={"onde": onde})
