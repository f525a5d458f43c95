"""A tabela do 1º critério: municípios e pessoas por porte."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from normas.parametros.leitura import Parametro
from normas.territorio.federacao import DISTRITO_FEDERAL
from normas.territorio.porte import Porte


@dataclass(frozen=True, slots=True, kw_only=True)
class LinhaDaTabela:
    """Um porte, ou o total quando `porte` é `None`; percentuais exatos, de 0 a 100."""

    porte: Porte | None
    municipios: int
    municipios_pct: Fraction
    populacao: int
    populacao_pct: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class TabelaDePorte:
    """Uma linha por porte, na ordem da norma, e o total do Brasil."""

    linhas: tuple[LinhaDaTabela, ...]
    total: LinhaDaTabela


def tabela_de_porte(*, municipios: Iterable[tuple[str, int]], limites: Parametro) -> TabelaDePorte:
    """Conta municípios e pessoas por porte.

    `municipios` são pares (sigla da UF, habitantes); `limites` é o parâmetro `territorio.porte`.
    """
    contagem, pessoas = _contar(list(municipios), limites)
    todos, todas = sum(contagem.values()), sum(pessoas.values())
    return TabelaDePorte(
        linhas=tuple(
            LinhaDaTabela(
                porte=porte,
                municipios=contagem[porte],
                municipios_pct=_percentual(contagem[porte], todos),
                populacao=pessoas[porte],
                populacao_pct=_percentual(pessoas[porte], todas),
            )
            for porte in Porte
        ),
        total=LinhaDaTabela(
            porte=None,
            municipios=todos,
            municipios_pct=_percentual(todos, todos),
            populacao=todas,
            populacao_pct=_percentual(todas, todas),
        ),
    )


def _contar(municipios: list[tuple[str, int]], limites: Parametro) -> tuple[dict[Porte, int], dict[Porte, int]]:
    """Municípios e pessoas de cada porte. Em ordem de população, cada porte é um trecho seguido da lista."""
    populacoes = sorted(populacao for uf, populacao in municipios if uf != DISTRITO_FEDERAL)
    somas = list(accumulate(populacoes, initial=0))
    contagem, pessoas, inicio = {}, {}, 0
    for porte in Porte:
        maior = limites.conteudo[porte].get("ate")
        fim = len(populacoes) if maior is None else bisect_right(populacoes, maior)
        contagem[porte], pessoas[porte] = fim - inicio, somas[fim] - somas[inicio]
        inicio = fim
    do_df = [populacao for uf, populacao in municipios if uf == DISTRITO_FEDERAL]
    contagem[Porte.METROPOLE] += len(do_df)
    pessoas[Porte.METROPOLE] += sum(do_df)
    return contagem, pessoas


def _percentual(parte: int, todo: int) -> Fraction:
    return Fraction(100 * parte, todo) if todo else Fraction(0)
