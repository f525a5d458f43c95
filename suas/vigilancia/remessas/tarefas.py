"""Fazer, pela fila, o que uma remessa pede."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from suas.nucleo.fila.declarada import task
from suas.nucleo.identidade.consultas import ator_pelo_vinculo
from suas.nucleo.identidade.intermediarios import dia_em_brasilia
from suas.nucleo.permissoes.ator import Ator
from suas.vigilancia.remessas import acoes
from suas.vigilancia.remessas.models import Remessa


def mandar(*, meses: Sequence[Mapping[str, Any]], por: Ator, em: datetime) -> Remessa:
    """Recebe a remessa e pede à fila que a faça; as duas coisas ou nenhuma."""
    with transaction.atomic():
        remessa = acoes.receber(meses=meses, por=por, em=em)
        vinculo = por.vinculo.pk if por.vinculo is not None else None
        fazer_remessa.using(unica=f"remessa:{remessa.pk}", abrangencia=remessa.abrangencia, vinculo=vinculo).enqueue(
            remessa_id=str(remessa.pk), vinculo_id=str(vinculo or ""), em=em.isoformat()
        )
    return remessa


@task(titulo="Remessa de meses do RMA")
def fazer_remessa(remessa_id: str, vinculo_id: str, em: str) -> None:
    """Confere e envia os meses de uma remessa; o relatório diz o que se fez de cada um."""
    instante = datetime.fromisoformat(em)
    acoes.fazer(
        remessa_id=UUID(remessa_id), por=ator_pelo_vinculo(vinculo_id), em=instante, hoje=dia_em_brasilia(instante)
    )
