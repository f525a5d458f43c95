"""O que se sabe de uma exigência: atende, não atende ou não se sabe, com a evidência e o que a resolve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Situacao(StrEnum):
    """Como está uma exigência. Não saber não é o mesmo que não atender."""

    ATENDE = "atende"
    NAO_ATENDE = "nao_atende"
    NAO_SE_SABE = "nao_se_sabe"

    @property
    def nome(self) -> str:
        """Em palavras."""
        return {"atende": "atende", "nao_atende": "não atende", "nao_se_sabe": "não se sabe"}[self]

    @property
    def atende(self) -> bool | None:
        """Sim, não, ou `None` quando não se sabe."""
        return {"atende": True, "nao_atende": False}.get(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constatacao:
    """O que se viu de uma exigência, quem ou o que o mostra, e o que a resolve quando falta.

    Erros: `ValueError` quando atende sem evidência, ou não atende sem motivo: nada se afirma de graça.
    """

    situacao: Situacao
    evidencia: str = ""
    motivo: str = ""
    libera: str = ""

    def __post_init__(self) -> None:
        if self.situacao is Situacao.ATENDE and not self.evidencia.strip():
            raise ValueError("Para dizer que atende, informe a evidência: o documento, o registro ou quem o viu.")
        if self.situacao is Situacao.NAO_ATENDE and not self.motivo.strip():
            raise ValueError("Para dizer que não atende, informe o motivo em palavras.")


NAO_SE_SABE = Constatacao(situacao=Situacao.NAO_SE_SABE)


def pior(situacoes: Iterable[Situacao]) -> Situacao:
    """A situação do conjunto: uma que falta basta para faltar; sem falta, uma que não se sabe basta para não saber.

    O conjunto vazio não se sabe.
    """
    vistas = set(situacoes)
    for situacao in (Situacao.NAO_ATENDE, Situacao.NAO_SE_SABE):
        if situacao in vistas:
            return situacao
    return Situacao.ATENDE if vistas else Situacao.NAO_SE_SABE
