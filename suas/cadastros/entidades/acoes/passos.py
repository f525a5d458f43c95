"""O que todo ato sobre uma inscrição faz: travá-la e acrescentar o passo. Partes de atos, nunca sozinhas."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from suas.cadastros.entidades.models import Inscricao, Passo
from suas.nucleo.permissoes.ator import Ator

if TYPE_CHECKING:
    from suas.nucleo.documentos.models import Documento


def travada(inscricao: Inscricao) -> Inscricao:
    """A inscrição como está, que ninguém mais muda até o fim do ato."""
    travadas = Inscricao.objects.select_for_update(of=("self",))
    return travadas.select_related("entidade__municipio__uf", "municipio__uf", "oferta").get(pk=inscricao.pk)


def acrescentar(
    inscricao: Inscricao,
    *,
    etapa: str,
    resultado: str,
    dia: date,
    texto: str,
    ator: Ator,
    em: datetime,
    documento: Documento | None = None,
) -> Passo:
    """O passo, com o vínculo de quem o deu no lugar do nome."""
    return Passo.objects.create(
        inscricao=inscricao,
        etapa=etapa,
        resultado=resultado,
        dia=dia,
        texto=texto.strip(),
        documento=documento,
        quem=str(ator.vinculo or ator.papel.nome)[:300],
        em=em,
    )


def dados(inscricao: Inscricao, o_que: str = "") -> dict[str, str]:
    """O que vai à trilha: a inscrição e o que se fez, sem dado de pessoa."""
    return {"inscricao": str(inscricao), "o_que": o_que}
