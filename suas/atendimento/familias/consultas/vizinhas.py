"""As leituras que outras unidades fizeram, para quem coordena a unidade lida e para a gestão."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from suas.atendimento.familias.models import LeituraDeFora
from suas.nucleo import tranca
from suas.nucleo.identidade import consultas as identidade
from suas.nucleo.permissoes.papeis import COORDENACAO_UNIDADE, GESTAO_MUNICIPAL


@tranca.como_sistema()  # quem lê não alcança os vínculos de quem coordena a outra unidade
def quem_se_avisa(*, unidades: Iterable[UUID], municipio: str, dia: date) -> list[UUID]:
    """Quem coordena as unidades lidas e a gestão titular do município, com vínculo que vale no dia."""
    coordenam = Q(papel_codigo=COORDENACAO_UNIDADE.codigo, unidade__in=list(unidades))
    gerem = Q(papel_codigo=GESTAO_MUNICIPAL.codigo)
    vinculos = identidade.vinculos_em(municipio).filter(identidade.vigente(dia), coordenam | gerem)
    return list(dict.fromkeys(vinculos.values_list("pessoa_id", flat=True)))


def leituras(*, municipio: str, unidade: UUID | None) -> QuerySet[LeituraDeFora]:
    """As do município; com `unidade`, só as de famílias que ela acompanha, feitas por outra."""
    feitas = LeituraDeFora.objects.filter(abrangencia=municipio).select_related("pessoa", "unidade")
    if unidade is not None:
        feitas = feitas.filter(familia__prontuarios__unidade=unidade).exclude(unidade=unidade)
    return feitas
