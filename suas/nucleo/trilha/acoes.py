"""Registrar um ato. Chamado dentro da transação do próprio ato: ou ficam os dois, ou nenhum."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.models import Ato


def registrar(
    *, ato: str, objeto: models.Model, por: Ator, em: datetime, motivo: str = "", dados: dict[str, Any] | None = None
) -> Ato:
    """Acrescenta o ato à trilha. `dados` não leva dado pessoal: a trilha não se apaga."""
    return Ato.objects.create(
        em=em,
        ato=ato,
        pessoa_id=por.pessoa.pk if por.pessoa else None,
        vinculo_id=por.vinculo.pk if por.vinculo else None,
        papel=por.papel.codigo,
        abrangencia=por.abrangencia,
        objeto_tipo=objeto._meta.label_lower,
        objeto_id=str(objeto.pk),
        motivo=motivo,
        dados=dados or {},
    )
