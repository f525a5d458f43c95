"""Piso Básico Fixo: a fórmula da norma e o valor por CRAS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from normas.base.fundamento import Fundamento
from normas.parametros.leitura import parametro
from normas.territorio.porte import Porte

MESES_DO_ANO = 12
FUNDAMENTO_DA_FORMULA = Fundamento("NOB/SUAS 2005 (Resolução CNAS nº 130/2005)", "item 5.5, II, a, Piso Básico Fixo")


@dataclass(frozen=True, slots=True, kw_only=True)
class PisoPorCras:
    """Piso de um CRAS que referencia a capacidade do porte; valores em centavos."""

    familias: int
    por_familia_centavos: int
    mensal_centavos: int
    anual_centavos: int
    fundamento: Fundamento
    evidencia: str
    observacao: str


def pbf_pela_formula(*, custo_anual_centavos: int, familias: int) -> Fraction:
    """PBF = (CS / FR) / MA, em centavos por família por mês, exato (a fração não é arredondada).

    CS é o custo médio anual do serviço, FR as famílias referenciadas, MA os doze meses.

    Erros: `ValueError` para custo negativo ou menos de uma família.
    """
    if custo_anual_centavos < 0 or familias < 1:
        raise ValueError(
            f"O custo ({custo_anual_centavos} centavos) não pode ser negativo e as famílias "
            f"referenciadas ({familias}) são ao menos 1."
        )
    return Fraction(custo_anual_centavos, familias) / MESES_DO_ANO


def piso_por_cras(*, familias: int, em: date) -> PisoPorCras:
    """Valor do PBF de um CRAS que referencia `familias` famílias, no dia `em`.

    Erros: `ValueError` para menos de uma família; `ParametroForaDeVigencia` sem piso no dia.
    """
    if familias < 1:
        raise ValueError(f"Um CRAS referencia ao menos 1 família, e foram informadas {familias}.")
    piso = parametro("pisos.pbf", em=em)
    mensal = familias * piso.conteudo
    return PisoPorCras(
        familias=familias,
        por_familia_centavos=piso.conteudo,
        mensal_centavos=mensal,
        anual_centavos=mensal * MESES_DO_ANO,
        fundamento=piso.fundamento,
        evidencia=piso.evidencia,
        observacao=piso.observacao,
    )


def piso_por_porte(*, porte: Porte, em: date) -> PisoPorCras:
    """Valor do PBF de um CRAS com as famílias que a norma dá ao porte no dia `em`.

    Erros: `ParametroForaDeVigencia` quando a capacidade do porte ou o piso não tem valor no dia.
    """
    familias = parametro("rede.cras_por_porte", em=em).conteudo[porte]["familias"]
    return piso_por_cras(familias=familias, em=em)
