"""Dizer que duas unidades parecidas são mesmo duas, e voltar atrás."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from suas.cadastros.rede.models import ParDistinto, Unidade
from suas.cadastros.rede.repetidas import em_ordem
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def dizer_distintas(*, uma: Unidade, outra: Unidade, motivo: str, por: Ator, em: datetime) -> ParDistinto:
    """Lembra que as duas são unidades diferentes: deixam de se sugerir como repetidas. Repetir não muda nada."""
    if uma.pk == outra.pk or uma.municipio_id != outra.municipio_id:
        raise AtoRecusado("O par é de duas unidades do mesmo município. Escolha-o na lista.")
    menor, maior = em_ordem(uma.pk, outra.pk)
    par, novo = ParDistinto.objects.get_or_create(
        uma_id=menor,
        outra_id=maior,
        defaults={
            "municipio_id": uma.municipio_id,
            "motivo": motivo.strip(),
            "dito_por": por.vinculo.pk if por.vinculo else None,
            "dito_em": em,
        },
    )
    if novo:
        dados = {"quais": str(par)}
        registrar(ato="rede.dizer_distintas", objeto=par, por=por, em=em, motivo=par.motivo, dados=dados)
    return par


@transaction.atomic
def voltar_a_sugerir(*, par: ParDistinto, por: Ator, em: datetime) -> None:
    """Esquece que as duas são diferentes; se ainda se parecem, voltam à lista."""
    registrar(ato="rede.voltar_a_sugerir", objeto=par, por=por, em=em, dados={"quais": str(par)})
    par.delete()
