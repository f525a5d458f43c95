"""O que se calcula das respostas: pessoas por dormitório e renda por pessoa."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


def pessoas_por_dormitorio(*, pessoas: int, dormitorios: int | None) -> int | None:
    """Bloco 4, j: inteiro, arredondado para baixo; nada, sem dormitório."""
    return pessoas // dormitorios if dormitorios else None


@dataclass(frozen=True, kw_only=True)
class Renda:
    """A renda da família sem os programas sociais, em reais inteiros; `de` diz de quantas pessoas se sabe."""

    total: int
    pessoas: int
    de: int

    @property
    def por_pessoa(self) -> int:
        """Reais inteiros, arredondados para baixo."""
        return self.total // self.pessoas


def renda(fichas: Iterable[Mapping[str, Any]], *, pessoas: int) -> Renda | None:
    """Bloco 6: soma a renda das fichas de trabalho; nada, se ninguém tem a renda informada."""
    informadas = [respostas["renda"] for respostas in fichas if respostas.get("renda") is not None]
    if not informadas or not pessoas:
        return None
    return Renda(total=sum(informadas), pessoas=pessoas, de=len(informadas))
