"""O que se pergunta sobre pessoas e vínculos."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from suas.nucleo.identidade.models import Instalacao, Pessoa, Vinculo
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator


def vinculos_vigentes(pessoa: Pessoa, *, em: date) -> QuerySet[Vinculo]:
    """Vínculos da pessoa que valem no dia `em`."""
    vale = Q(desde__lte=em) & (Q(ate__isnull=True) | Q(ate__gt=em))
    return Vinculo.objects.filter(vale, pessoa=pessoa)


def ator_de(pessoa: Pessoa, *, vinculo_id: str | UUID | None, em: date) -> Ator:
    """O ator do pedido: o vínculo escolhido se ainda vale, senão o primeiro; sem nenhum, age como o público."""
    vigentes = list(vinculos_vigentes(pessoa, em=em))
    if not vigentes:
        return Ator(pessoa=pessoa, vinculo=None, papel=ATOR_PUBLICO.papel, abrangencia="")
    escolhido = next((v for v in vigentes if str(v.pk) == str(vinculo_id)), vigentes[0])
    return Ator(pessoa=pessoa, vinculo=escolhido, papel=escolhido.papel, abrangencia=escolhido.abrangencia)


def ator_pelo_vinculo(vinculo_id: str) -> Ator:
    """O ator de um ato pedido antes e feito agora, na fila: quem pediu já foi conferido no pedido.

    Vínculo vazio ou apagado age como o público, que nada pode.
    """
    vinculo = Vinculo.objects.select_related("pessoa").filter(pk=vinculo_id).first() if vinculo_id else None
    if vinculo is None:
        return ATOR_PUBLICO
    return Ator(pessoa=vinculo.pessoa, vinculo=vinculo, papel=vinculo.papel, abrangencia=vinculo.abrangencia)


def instalacao() -> Instalacao | None:
    return Instalacao.objects.first()
