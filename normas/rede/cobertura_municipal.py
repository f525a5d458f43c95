"""A cobertura de CRAS de um município hoje: o mínimo da norma, o que há, o que falta e para quantas famílias."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from normas.parametros.leitura import Parametro, versoes
from normas.territorio.porte import Porte


@dataclass(frozen=True, slots=True, kw_only=True)
class RegraDeCras:
    """O parâmetro que se usa num dia e se ele vigora nele; fora da vigência, tudo o que sai dele é simulação."""

    parametro: Parametro
    vigente: bool

    def minimo(self, porte: Porte) -> int:
        """Quantos CRAS a norma pede do porte."""
        minimo: int = self.parametro.conteudo[porte]["minimo"]
        return minimo

    def familias_por_cras(self, porte: Porte) -> int:
        """Quantas famílias um CRAS do porte pode referenciar."""
        familias: int = self.parametro.conteudo[porte]["familias"]
        return familias


@cache
def regra_de_cras(*, em: date) -> RegraDeCras:
    """A regra em vigor no dia; fora da vigência de todas, a do período mais próximo, dita simulação."""
    perto = min(versoes("rede.cras_por_porte"), key=lambda versao: abs(versao.vigencia.mais_proximo(em) - em))
    return RegraDeCras(parametro=perto, vigente=perto.vigencia.contem(em))


@dataclass(frozen=True, slots=True, kw_only=True)
class CoberturaMunicipal:
    """CRAS que a norma pede e que existem, e as famílias que cabem neles e que eles dizem referenciar.

    `capacidade` soma a que cada CRAS informa; ao que não informa, vale a do porte. `referenciadas` é vazio quando
    nenhum CRAS informou as suas famílias.
    """

    minimo: int
    existentes: int
    capacidade: int
    referenciadas: int | None

    @property
    def lacuna(self) -> int:
        """CRAS que faltam para o mínimo da norma; além dele, a ampliação é pactuada."""
        return max(self.minimo - self.existentes, 0)

    @property
    def alem_da_capacidade(self) -> int:
        """Famílias referenciadas que não cabem nos CRAS que há."""
        return max((self.referenciadas or 0) - self.capacidade, 0)


def cobertura_municipal(
    *,
    porte: Porte,
    existentes: int,
    capacidade_informada: int,
    sem_capacidade: int,
    referenciadas: int | None,
    regra: RegraDeCras,
) -> CoberturaMunicipal:
    """Compara o que há com a regra. `sem_capacidade` são os CRAS que não informam a sua.

    Erros: `ValueError` para números negativos, ou mais CRAS sem capacidade do que existentes.
    """
    if min(existentes, capacidade_informada, sem_capacidade, referenciadas or 0) < 0 or sem_capacidade > existentes:
        raise ValueError(
            f"Os números da rede não fecham: {existentes} CRAS, {sem_capacidade} sem capacidade informada, "
            f"{capacidade_informada} famílias de capacidade, {referenciadas} referenciadas."
        )
    return CoberturaMunicipal(
        minimo=regra.minimo(porte),
        existentes=existentes,
        capacidade=capacidade_informada + sem_capacidade * regra.familias_por_cras(porte),
        referenciadas=referenciadas,
    )


def familias_estimadas(*, habitantes: int, em: date) -> int:
    """Famílias do município por habitantes: leitura do projeto, que só informa, nunca conta como referenciada."""
    regra = min(
        versoes("rede.habitantes_por_familia"), key=lambda versao: abs(versao.vigencia.mais_proximo(em) - em)
    )  # fmt: skip
    return -(-habitantes // int(regra.conteudo))
