"""O que não combina num registro, dito a quem o preenche."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from normas.base.fundamento import Fundamento


class Gravidade(StrEnum):
    """O que a inconsistência faz com o envio: impede, pede uma justificativa guardada com o valor, ou só avisa."""

    IMPEDE = "impede"
    JUSTIFICAR = "justificar"
    AVISA = "avisa"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistencia:
    """Um desacordo: a regra, os itens dela, os números da pessoa e o que fazer em seguida.

    Sem regra confirmada no formulário oficial ou na norma, só se avisa (ADR 0070).
    """

    regra: str
    itens: tuple[str, ...]
    gravidade: Gravidade
    mensagem: str
    fundamento: Fundamento

    @property
    def impede_envio(self) -> bool:
        """Se o registro não sai enquanto isto não se resolve."""
        return self.gravidade is Gravidade.IMPEDE
