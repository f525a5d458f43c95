"""O que não combina num registro, dito a quem o preenche."""

from __future__ import annotations

from dataclasses import dataclass

from normas.base.fundamento import Fundamento


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistencia:
    """Um desacordo, com os números da pessoa e o que fazer em seguida.

    `impede_envio` separa o que bloqueia do que só avisa; sem fundamento confirmado, só se avisa.
    """

    codigo: str
    campo: str
    mensagem: str
    impede_envio: bool
    fundamento: Fundamento | None = None
