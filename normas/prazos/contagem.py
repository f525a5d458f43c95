"""Conta prazos como a Lei nº 9.784/1999, art. 66: sem o dia do começo, com o do vencimento."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from normas.base.competencia import Competencia
from normas.base.fundamento import Fundamento
from normas.prazos.dias_uteis import DiasUteis

LEI = "Lei nº 9.784/1999"
EM_DIAS = Fundamento(LEI, "art. 66, caput e § 2º")
EM_MESES = Fundamento(LEI, "art. 66, caput e § 3º")
ADIADO = Fundamento(LEI, "art. 66, § 1º")
EM_DIAS_UTEIS = Fundamento("Leitura do projeto", "ADR 0072")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vencimento:
    """O dia em que o prazo vence, de onde saiu e se andou por não haver expediente."""

    dia: date
    contado: date
    fundamento: Fundamento
    adiado_por: str

    @property
    def adiado(self) -> bool:
        """Se o dia contado não tinha expediente."""
        return self.dia != self.contado


def vence_em_dias(*, comeco: date, dias: int, calendario: DiasUteis) -> Vencimento:
    """Conta dias corridos. Erros: `ValueError` para menos de 1 dia."""
    return _com_expediente(comeco + timedelta(days=_ao_menos_um(dias)), EM_DIAS, calendario)


def vence_em_meses(*, comeco: date, meses: int, calendario: DiasUteis) -> Vencimento:
    """Conta de data a data; sem o dia equivalente, vale o último do mês. Erros: `ValueError` para menos de 1 mês."""
    mes = Competencia(comeco.year, comeco.month).meses_antes(-_ao_menos_um(meses))
    return _com_expediente(no_mes(mes, comeco.day), EM_MESES, calendario)


def vence_em_dias_uteis(*, comeco: date, dias: int, calendario: DiasUteis) -> Vencimento:
    """Conta só os dias úteis, onde a norma os pede. Erros: `ValueError` para menos de 1 dia."""
    dia = calendario.somar(comeco, _ao_menos_um(dias))
    return Vencimento(dia=dia, contado=dia, fundamento=EM_DIAS_UTEIS, adiado_por="")


def no_mes(mes: Competencia, dia: int) -> date:
    """O dia do mês, ou o último quando o mês não o tem."""
    return date(mes.ano, mes.mes, min(dia, monthrange(mes.ano, mes.mes)[1]))


def _ao_menos_um(quantos: int) -> int:
    if quantos < 1:
        raise ValueError(f"{quantos} não serve como prazo: conta-se ao menos 1.")
    return quantos


def _com_expediente(contado: date, fundamento: Fundamento, calendario: DiasUteis) -> Vencimento:
    dia = calendario.util_desde(contado)
    return Vencimento(
        dia=dia,
        contado=contado,
        fundamento=fundamento if dia == contado else ADIADO,
        adiado_por=calendario.porque_nao(contado),
    )
