"""As procuras na linha do tempo da família, nas unidades que se leem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from suas.atendimento.familias.ligacoes import Momento
from suas.atendimento.familias.permissoes import Acesso
from suas.atendimento.territorial import consultas
from suas.nucleo.permissoes.ator import Ator


def momentos(ator: Ator, acesso: Acesso, lidas: Sequence[UUID]) -> Iterable[Momento]:
    """Um momento por ida à família."""
    for procura in consultas.da_familia(acesso.familia, unidades=lidas):
        yield Momento(
            dia=procura.dia,
            titulo=f"Busca ativa: {procura.procurada.lista.nome}",
            texto=procura.get_resultado_display(),
            unidade=procura.procurada.lista.unidade.nome,
            quem=procura.profissional.nome,
        )
