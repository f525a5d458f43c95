"""Piso Básico Fixo: o valor em vigor, por CRAS e por porte."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from normas.base.fundamento import Fundamento
from normas.parametros.leitura import parametro
from normas.pisos.calculo import MESES_DO_ANO
from normas.territorio.porte import Porte


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
