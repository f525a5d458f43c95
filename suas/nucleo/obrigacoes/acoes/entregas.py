"""O fato da entrega, gravado na transação do ato que a faz: enviar o mês, devolvê-lo, informar a que se fez fora."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, Min

from suas.nucleo.obrigacoes.models import Entrega
from suas.nucleo.obrigacoes.sistemas import Devedor

LOTE = 500


@dataclass(frozen=True, kw_only=True)
class Feita:
    """Uma entrega a gravar."""

    devedor: Devedor
    periodo: str
    dia: date


@transaction.atomic
def entregar(
    *,
    sistema: str,
    etapa: str,
    periodo: str,
    devedor: Devedor,
    dia: date,
    protocolo: str = "",
    informada_por: UUID | None = None,
) -> Entrega:
    """Grava que o devedor entregou no dia. O que já está de pé fica como está: entregar duas vezes é uma entrega."""
    do_devedor = Entrega.objects.filter(sistema=sistema, etapa=etapa, periodo=periodo, devedor=devedor.chave)
    if de_pe := do_devedor.filter(retirada__isnull=True).first():
        return de_pe
    primeira = do_devedor.filter(engano=False).aggregate(quando=Min("primeira"))["quando"]
    return Entrega.objects.create(
        sistema=sistema,
        etapa=etapa,
        periodo=periodo,
        devedor=devedor.chave,
        unidade=devedor.unidade,
        alvo=devedor.alvo,
        abrangencia=devedor.abrangencia,
        dia=dia,
        primeira=min(primeira or dia, dia),
        protocolo=protocolo,
        informada_por_id=informada_por,
    )


@transaction.atomic
def retirar(
    *, sistema: str, etapa: str, periodo: str, devedor: Devedor, dia: date, por_que: str, engano: bool = False
) -> bool:
    """O que se entregou deixa de valer neste dia: foi devolvido, ou reaberto. Diz se havia entrega de pé.

    Com `engano`, nunca valeu: sai no dia em que entrou, e não conta para a pontualidade.
    """
    de_pe = Entrega.objects.filter(
        sistema=sistema, etapa=etapa, periodo=periodo, devedor=devedor.chave, retirada__isnull=True
    )
    return bool(de_pe.update(retirada=F("dia") if engano else dia, por_que=por_que, engano=engano))


@transaction.atomic
def entregar_muitas(*, sistema: str, etapa: str, feitas: Sequence[Feita]) -> int:
    """Grava de uma vez entregas de quem ainda não tinha nenhuma naquele período; devolve quantas."""
    Entrega.objects.bulk_create(
        [
            Entrega(
                sistema=sistema,
                etapa=etapa,
                periodo=feita.periodo,
                devedor=feita.devedor.chave,
                unidade=feita.devedor.unidade,
                alvo=feita.devedor.alvo,
                abrangencia=feita.devedor.abrangencia,
                dia=feita.dia,
                primeira=feita.dia,
            )
            for feita in feitas
        ],
        batch_size=LOTE,
    )
    return len(feitas)
