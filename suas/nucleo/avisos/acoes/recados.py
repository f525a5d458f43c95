"""O recado de quem opera a instalação a muitas pessoas, de uma vez."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from suas.nucleo.avisos.acoes.emissao import avisar
from suas.nucleo.avisos.modelos import RECADO
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado


@transaction.atomic
def mandar(
    *, causa: UUID, assunto: str, texto: str, pessoas: Iterable[UUID], por: Ator, em: datetime
) -> int:  # fmt: skip
    """Manda o recado a cada pessoa; a mesma `causa` outra vez não repete a quem já recebeu. Devolve a quantas foi."""
    destinatarios = list(dict.fromkeys(pessoas))
    if not destinatarios:
        raise AtoRecusado("Ninguém receberia: mude o papel ou o território.")
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
