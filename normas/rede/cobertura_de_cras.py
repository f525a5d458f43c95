"""Cobertura mínima de CRAS por município."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from normas.base.fundamento import Fundamento
from normas.parametros.leitura import parametro
from normas.territorio.porte import Porte


@dataclass(frozen=True, slots=True, kw_only=True)
class CoberturaDeCras:
    """CRAS que a norma pede, que as famílias pedem e que existem; famílias por CRAS do porte."""

    minimo_da_norma: int
    pela_capacidade: int
    existentes: int
    familias_por_cras: int
    fundamento: Fundamento

    @property
    def lacuna(self) -> int:
        """O que falta para o mínimo da norma; além dele, a ampliação é pactuada."""
        return max(self.minimo_da_norma - self.existentes, 0)

    @property
    def capacidade(self) -> int:
        """Famílias que os CRAS existentes podem referenciar."""
        return self.existentes * self.familias_por_cras


def cobertura_de_cras(*, porte: Porte, familias: int, existentes: int, em: date) -> CoberturaDeCras:
    """Compara os CRAS existentes com o mínimo do porte no dia `em`, e com as famílias a referenciar.

    Erros: `ValueError` para números negativos; `ParametroForaDeVigencia` fora da norma.
    """
    if familias < 0 or existentes < 0:
        raise ValueError(f"Famílias ({familias}) e CRAS existentes ({existentes}) não podem ser negativos.")
    regra = parametro("rede.cras_por_porte", em=em)
    linha = regra.conteudo[porte]
    # "até 2.500 famílias": uma família além da capacidade já pede outro CRAS (ADR 0007).
    pela_capacidade = -(-familias // linha["familias"])
    return CoberturaDeCras(
        minimo_da_norma=linha["minimo"],
        pela_capacidade=pela_capacidade,
        existentes=existentes,
        familias_por_cras=linha["familias"],
        fundamento=regra.fundamento,
    )
