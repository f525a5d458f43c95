"""O Piso Básico de Transição: quanto da demanda ele cobre, e até quando fica congelado."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from normas.base.centavos import em_reais
from normas.base.fundamento import Fundamento
from normas.pisos.calculo import MESES_DO_ANO

FUNDAMENTO = Fundamento("NOB/SUAS 2005 (Resolução CNAS nº 130/2005)", "item 5.5, II, a, Piso Básico de Transição")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoberturaDaTransicao:
    """As famílias que o recurso repassado cobre pela média nacional, e quanto são das vulneráveis (1 é 100%)."""

    familias_cobertas: Fraction
    familias_vulneraveis: int
    proporcao: Fraction
    fundamento: Fundamento


@dataclass(frozen=True, slots=True, kw_only=True)
class Congelamento:
    """Se o valor da transição segue congelado, ou se os pisos permanentes já o alcançaram."""

    congelado: bool
    falta_centavos: int
    motivo: str
    fundamento: Fundamento


def cobertura_da_transicao(
    *, repassado_no_ano_centavos: int, media_mensal_centavos: Fraction, familias_vulneraveis: int
) -> CoberturaDaTransicao:
    """Divide o que o ente recebe no ano pela média nacional por família (o PBT de doze meses), e compara.

    A média é a da fórmula do PBT, em centavos por família e mês.

    Erros: `ValueError` para valor negativo, média que não seja maior que zero ou menos de uma família vulnerável.
    """
    if repassado_no_ano_centavos < 0:
        raise ValueError(f"O repasse do ano ({em_reais(repassado_no_ano_centavos)}) não pode ser negativo.")
    if media_mensal_centavos <= 0:
        raise ValueError("A média nacional por família é maior que zero: calcule antes o PBT.")
    if familias_vulneraveis < 1:
        raise ValueError(f"A cobertura pede ao menos 1 família vulnerável, e há {familias_vulneraveis}.")
    cobertas = Fraction(repassado_no_ano_centavos) / (media_mensal_centavos * MESES_DO_ANO)
    return CoberturaDaTransicao(
        familias_cobertas=cobertas,
        familias_vulneraveis=familias_vulneraveis,
        proporcao=cobertas / familias_vulneraveis,
        fundamento=FUNDAMENTO,
    )


def congelamento(*, transicao_centavos: int, permanentes_centavos: int) -> Congelamento:
    """Compara o valor congelado da transição com o que o ente já recebe dos pisos fixo e variável.

    O valor fica congelado até que os permanentes o alcancem; então se incorpora a eles (ADR 0109).

    Erros: `ValueError` para valor negativo.
    """
    if transicao_centavos < 0 or permanentes_centavos < 0:
        raise ValueError(
            f"Os valores ({em_reais(transicao_centavos)} e {em_reais(permanentes_centavos)}) não podem ser negativos."
        )
    falta = max(transicao_centavos - permanentes_centavos, 0)
    motivo = (
        f"Os pisos fixo e variável somam {em_reais(permanentes_centavos)}: faltam {em_reais(falta)} para alcançar os "
        f"{em_reais(transicao_centavos)} da transição, que segue congelada."
        if falta
        else f"Os pisos fixo e variável, de {em_reais(permanentes_centavos)}, alcançaram os "
        f"{em_reais(transicao_centavos)} da transição, que se incorpora a eles."
    )
    return Congelamento(congelado=falta > 0, falta_centavos=falta, motivo=motivo, fundamento=FUNDAMENTO)
