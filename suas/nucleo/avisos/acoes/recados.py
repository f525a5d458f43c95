"""O recado de quem opera a instalação a muitas pessoas."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from suas.nucleo.avisos import consultas
from suas.nucleo.avisos.acoes.emissao import avisar
from suas.nucleo.avisos.modelos import RECADO
from suas.nucleo.permissoes.ator import Ator


@transaction.atomic
def mandar(
    *, causa: UUID, assunto: str, texto: str, pessoas: Iterable[UUID], por: Ator, em: datetime
) -> int:  # fmt: skip
    """Manda o recado a um lote de pessoas; a mesma `causa` não repete a quem já recebeu. Devolve a quantas foi.

    Quem deixou de entrar entre o pedido e a vez dele na fila não recebe.
    """
    destinatarios = consultas.que_ainda_entram(pessoas)
    for pessoa_id in destinatarios:
        avisar(
            modelo=RECADO.codigo,
            causa=f"recado:{causa}",
            pessoa_id=pessoa_id,
            dados={"assunto": assunto, "texto": texto},
            por=por,
            em=em,
        )
    return len(destinatarios)
