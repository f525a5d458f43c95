"""A tabela do 1º critério: municípios e pessoas por porte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from normas.parametros.leitura import Parametro
from normas.territorio.porte import Porte, porte_pelos_limites


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
    contagem = dict.fromkeys(Porte, 0)
    pessoas = dict.fromkeys(Porte, 0)
    for uf, populacao in municipios:
        porte = porte_pelos_limites(populacao=populacao, uf=uf, limites=limites)
        contagem[porte] += 1
        pessoas[porte] += populacao
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


def _percentual(parte: int, todo: int) -> Fraction:
    return Fraction(100 * parte, todo) if todo else Fraction(0)
