"""Suspensão, retomada e o destino do saldo: que meses se devem e o que volta ao fundo de origem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from normas.base.centavos import em_reais
from normas.base.competencia import Competencia
from normas.base.fundamento import Fundamento

SUSPENSAO = Fundamento("Portaria MDS nº 113/2015", "suspensão, sem pagamento retroativo (leitura do projeto, ADR 0111)")
SALDO = Fundamento("Portaria MDS nº 113/2015", "reprogramação de saldos (leitura do projeto, ADR 0111)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspensao:
    """Um ato registrado que interrompe o repasse de um mês em diante; `regularizada_em` é o mês em que volta.

    Erros: `ValueError` sem motivo, ou quando volta antes de começar.
    """

    desde: Competencia
    motivo: str
    regularizada_em: Competencia | None = None

    def __post_init__(self) -> None:
        if not self.motivo.strip():
            raise ValueError("A suspensão tem motivo em palavras: nada se interrompe em silêncio.")
        if self.regularizada_em is not None and self.regularizada_em < self.desde:
            raise ValueError(
                f"A regularização ({self.regularizada_em}) vem antes da suspensão ({self.desde}). Confira os meses."
            )

    def alcanca(self, competencia: Competencia) -> bool:
        """Se o mês está suspenso: do mês da suspensão até antes do mês da regularização."""
        return self.desde <= competencia and (self.regularizada_em is None or competencia < self.regularizada_em)


@dataclass(frozen=True, slots=True, kw_only=True)
class Devida:
    """Se a parcela de um mês se deve, e por quê."""

    devida: bool
    motivo: str
    fundamento: Fundamento


class DestinoDoSaldo(StrEnum):
    """O que se faz com o saldo de 31 de dezembro."""

    NADA = "nada"
    REPROGRAMAR = "reprogramar"
    DEVOLVER = "devolver"
    A_DECIDIR = "a_decidir"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saldo:
    """O destino do saldo. Só avisa: o texto da portaria não foi lido."""

    destino: DestinoDoSaldo
    motivo: str
    fundamento: Fundamento


def parcela_devida(*, competencia: Competencia, suspensoes: Sequence[Suspensao]) -> Devida:
    """A parcela do mês suspenso não se deve, nem depois: o repasse volta do mês da regularização em diante."""
    for suspensao in suspensoes:
        if suspensao.alcanca(competencia):
            volta = (
                f"Volta em {suspensao.regularizada_em}, sem pagar o que passou."
                if suspensao.regularizada_em
                else "Volta do mês da regularização em diante, sem pagar o que passou."
            )
            return Devida(
                devida=False,
                motivo=f"Suspensa desde {suspensao.desde}: {suspensao.motivo.rstrip('.')}. {volta}",
                fundamento=SUSPENSAO,
            )
    return Devida(devida=True, motivo=f"Nenhuma suspensão alcança {competencia}.", fundamento=SUSPENSAO)


def destino_do_saldo(
    *, saldo_centavos: int, servico_sem_interrupcao: bool | None, conselho_aprovou: bool | None
) -> Saldo:
    """O saldo do exercício segue no mesmo bloco se o serviço não parou e o conselho aprovou; senão, volta.

    O que não se sabe (`None`) fica a decidir. Erros: `ValueError` para saldo negativo.
    """
    if saldo_centavos < 0:
        raise ValueError(f"O saldo ({em_reais(saldo_centavos)}) não pode ser negativo: confira a conta do exercício.")
    quanto = em_reais(saldo_centavos)
    if saldo_centavos == 0:
        return _saldo(DestinoDoSaldo.NADA, "Não sobrou saldo.")
    if servico_sem_interrupcao is False:
        return _saldo(DestinoDoSaldo.DEVOLVER, f"O serviço foi interrompido: os {quanto} voltam ao fundo de origem.")
    if conselho_aprovou is False:
        return _saldo(
            DestinoDoSaldo.DEVOLVER, f"O conselho não aprovou a reprogramação: os {quanto} voltam ao fundo de origem."
        )
    if servico_sem_interrupcao is None or conselho_aprovou is None:
        falta = (
            "se o serviço foi prestado sem interrupção"
            if servico_sem_interrupcao is None
            else "a resolução do conselho"
        )
        return _saldo(DestinoDoSaldo.A_DECIDIR, f"Falta {falta} para saber o destino dos {quanto}.")
    return _saldo(
        DestinoDoSaldo.REPROGRAMAR,
        f"Os {quanto} seguem no mesmo bloco no exercício seguinte, com a resolução do conselho.",
    )


def _saldo(destino: DestinoDoSaldo, motivo: str) -> Saldo:
    return Saldo(destino=destino, motivo=motivo, fundamento=SALDO)
