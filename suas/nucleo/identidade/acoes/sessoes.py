"""Encerrar sessões: a de outro aparelho, todas as outras, ou todas as de quem deixou de ter acesso."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from suas.nucleo.identidade.models import Pessoa
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def encerrar_sessoes(
    *, pessoa: Pessoa, motivo: str, por: Ator, em: datetime, menos: str = "", so: int | None = None
) -> int:
    """Encerra as sessões da pessoa e devolve quantas eram; sem nenhuma a encerrar, nada se registra.

    `menos` é a chave da sessão que continua (a de quem pede); `so`, a única a encerrar.
    """
    sessoes = UserSession.objects.filter(user_id=pessoa.pk).exclude(session_key=menos)
    if so is not None:
        sessoes = sessoes.filter(pk=so)
    vivas = Session.objects.filter(session_key__in=sessoes.values("session_key"), expire_date__gt=em)
    quantas, _ = vivas.delete()
    sessoes.delete()
    if not quantas:
        return 0
    registrar(
        ato="identidade.encerrar_sessoes", objeto=pessoa, por=por, em=em, motivo=motivo, dados={"quantas": quantas}
    )
    return quantas
