"""Dar razão ao Cadastro Único num campo em que o registro dizia outra coisa."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from suas.atendimento.cadunico.models import CadastroDaPessoa
from suas.atendimento.familias.acoes import pessoas
from suas.atendimento.familias.consultas.lote import DE_FORA
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def usar_o_do_cadastro(*, pessoa_id: UUID, campo: str, por: Ator, em: datetime, hoje: date) -> CadastroDaPessoa:
    """Põe no registro o que o último extrato diz; repetir não muda nada. Erros: `AtoRecusado`."""
    dita = CadastroDaPessoa.objects.select_related("pessoa").filter(pessoa=pessoa_id).first()
    if campo not in DE_FORA or dita is None or getattr(dita, campo) in {"", None}:
        raise AtoRecusado("O Cadastro Único não diz isso desta pessoa. Abra a página da família de novo.")
    if getattr(dita.pessoa, campo) == getattr(dita, campo):
        return dita
    pessoas.mudar_campo(pessoa=dita.pessoa, campo=campo, valor=getattr(dita, campo), por=por, em=em, hoje=hoje)
    registrar(ato="cadunico.usar_o_do_cadastro", objeto=dita, por=por, em=em, dados={"campo": campo})
    return dita
