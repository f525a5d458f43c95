"""A unidade ou a entidade de um vínculo. Quem as cadastra são andares de cima, que se registram aqui (ADR 0036).

# em ready() do módulo que guarda as unidades
casas.registrar(especie="unidade", achar=..., nomear=...)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Especie = Literal["unidade", "entidade"]
ESPECIES: Mapping[Especie, str] = {"unidade": "Unidades", "entidade": "Entidades"}


@dataclass(frozen=True, kw_only=True)
class Casa:
    """Uma unidade da rede ou uma entidade, no município em que está."""

    id: UUID
    nome: str
    municipio: str
    especie: Especie


#: texto digitado, ou vazio, e o código do município -> as que funcionam ali, por nome
Achar = Callable[[str, str], Iterable[Casa]]
#: identificadores -> as que existem, também as que já fecharam
Nomear = Callable[[Iterable[UUID]], Mapping[UUID, Casa]]


@dataclass(frozen=True, kw_only=True)
class _Cadastro:
    achar: Achar
    nomear: Nomear


_CADASTROS: dict[Especie, _Cadastro] = {}


def registrar(*, especie: Especie, achar: Achar, nomear: Nomear) -> None:
    """Diz quem procura e quem nomeia as casas de uma espécie. Chamado uma vez, no `ready` do módulo dono delas."""
    _CADASTROS[especie] = _Cadastro(achar=achar, nomear=nomear)


def achar(texto: str, *, municipio: str) -> list[Casa]:
    """As casas do município que o texto pode dizer, as unidades primeiro; o texto vazio dá todas."""
    return [
        casa for especie in ESPECIES if especie in _CADASTROS for casa in _CADASTROS[especie].achar(texto, municipio)
    ]


def nomear(ids: Iterable[UUID]) -> dict[UUID, Casa]:
    """As casas destes identificadores, as que existem. Uma consulta por espécie, e nenhuma se não há o que procurar."""
    faltam = set(ids)
    achadas: dict[UUID, Casa] = {}
    for cadastro in _CADASTROS.values():
        if faltam - achadas.keys():
            achadas.update(cadastro.nomear(faltam - achadas.keys()))
    return achadas


def uma(id: UUID) -> Casa | None:
    """A casa deste identificador, se existe."""
    return nomear([id]).get(id)
