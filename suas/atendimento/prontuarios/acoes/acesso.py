"""Emitir, a pedido da pessoa, o que está registrado sobre ela."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from suas.atendimento.prontuarios import listas, permissoes
from suas.atendimento.prontuarios.models import EntregaDoRegistro
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.atendimento.familias.models import PessoaAtendida, Prontuario


@transaction.atomic
def entregar(
    *, prontuario: Prontuario, pessoa: PessoaAtendida, quem_pediu: str, conferencia: str, por: Ator, em: datetime
) -> EntregaDoRegistro:
    """Registra o pedido e quem o atendeu; o documento se lê no mesmo dia. Erros: `AtoRecusado`."""
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_ENTREGA)
    if quem_pediu not in listas.QuemPediu.values:
        raise AtoRecusado("Escolha quem pediu.", campo="quem_pediu")
    if not conferencia.strip():
        raise AtoRecusado("Diga como se conferiu quem pediu: o documento que mostrou.", campo="conferencia")
    if not prontuario.familia.integrantes.filter(pessoa=pessoa).exists():
        raise AtoRecusado("A pessoa não é nem foi desta família.")
    feita = EntregaDoRegistro.objects.create(
        prontuario=prontuario,
        familia=prontuario.familia,
        pessoa=pessoa,
        unidade=prontuario.unidade,
        abrangencia=prontuario.abrangencia,
        quem_pediu=quem_pediu,
        conferencia=conferencia.strip(),
        profissional=por.pessoa,
        funcao=por.papel.nome,
        em=em,
    )
    registrar(ato="prontuarios.entregar_registro", objeto=feita, por=por, em=em)
    return feita
