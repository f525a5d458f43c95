"""Funções essenciais da gestão em cada esfera: quais são, quem as exerce, quais estão vagas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from normas.base.fundamento import Fundamento
from normas.parametros.leitura import parametro


class EsferaDeGestao(StrEnum):
    """As quatro colunas do quadro da norma; o Distrito Federal tem a sua."""

    MUNICIPAL = "MUNICIPAL"
    ESTADUAL = "ESTADUAL"
    DF = "DF"
    FEDERAL = "FEDERAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class FuncaoEssencial:
    """Uma função da gestão; o código é do projeto, o nome é o da norma."""

    codigo: str
    nome: str
    quem: tuple[str, ...]
    fundamento: Fundamento

    @property
    def vaga(self) -> bool:
        """Diz se ninguém a exerce."""
        return not self.quem


def funcoes_essenciais(
    *, esfera: EsferaDeGestao, em: date, quem: Mapping[str, Sequence[str]]
) -> tuple[FuncaoEssencial, ...]:
    """As funções da esfera, na ordem da norma, com as chaves de quem exerce cada uma.

    Erros: `ValueError` para função que a esfera não tem; `ParametroForaDeVigencia` antes da norma.
    """
    regra = parametro("trabalho.funcoes_essenciais", em=em)
    nomes = regra.conteudo[esfera]
    if estranhas := sorted(set(quem) - set(nomes)):
        raise ValueError(f"A gestão {esfera} não tem estas funções essenciais: {', '.join(estranhas)}.")
    return tuple(
        FuncaoEssencial(codigo=codigo, nome=nome, quem=tuple(quem.get(codigo, ())), fundamento=regra.fundamento)
        for codigo, nome in nomes.items()
    )
