"""Porte do município pela população, com o motivo em palavras."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from normas.base.fundamento import Fundamento
from normas.base.numeros import com_virgula
from normas.parametros.leitura import Parametro, parametro
from normas.territorio.federacao import DISTRITO_FEDERAL

FUNDAMENTO_DO_DF = Fundamento(
    "NOB/SUAS 2005 (Resolução CNAS nº 130/2005)", "item 5.5, I, a, 1º critério, nota da tabela"
)


class Porte(StrEnum):
    """Portes na ordem da PNAS/2004, que é também a ordem de desempate entre portes."""

    PEQUENO_I = "PEQUENO_I"
    PEQUENO_II = "PEQUENO_II"
    MEDIO = "MEDIO"
    GRANDE = "GRANDE"
    METROPOLE = "METROPOLE"

    @property
    def nome(self) -> str:
        """Nome escrito como na norma: "Pequeno I", "Médio"."""
        return _NOMES[self]


_NOMES = {
    Porte.PEQUENO_I: "Pequeno I",
    Porte.PEQUENO_II: "Pequeno II",
    Porte.MEDIO: "Médio",
    Porte.GRANDE: "Grande",
    Porte.METROPOLE: "Metrópole",
}

#: Os portes em ordem, prontos para percorrer milhares de vezes.
EM_ORDEM = tuple(Porte)

PORTE_POR_NOME = {nome: porte for porte, nome in _NOMES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class PorteDoMunicipio:
    """O porte, por que é esse, e onde a norma o diz."""

    porte: Porte
    motivo: str
    fundamento: Fundamento


def porte_pelos_limites(*, populacao: int, uf: str, limites: Parametro) -> Porte:
    """Porte segundo um parâmetro `territorio.porte` já lido; para tabelas inteiras."""
    if uf == DISTRITO_FEDERAL:
        return Porte.METROPOLE
    for porte in EM_ORDEM:
        maior = limites.conteudo[porte].get("ate")
        if maior is None or populacao <= maior:
            return porte
    raise ValueError(f"O parâmetro {limites.nome} não tem um porte sem limite para os maiores.")


def porte_do_municipio(*, populacao: int, uf: str, em: date) -> PorteDoMunicipio:
    """Porte de `populacao` habitantes na sigla `uf`, pela regra em vigor no dia `em`.

    O Distrito Federal é sempre Metrópole.

    Erros: `ValueError` para população menor que 1; `ParametroForaDeVigencia` antes da PNAS/2004.
    """
    if populacao < 1:
        raise ValueError(f"{populacao} não é uma população: um município tem ao menos 1 habitante.")
    limites = parametro("territorio.porte", em=em)
    porte = porte_pelos_limites(populacao=populacao, uf=uf, limites=limites)
    if uf == DISTRITO_FEDERAL:
        return PorteDoMunicipio(
            porte=porte,
            motivo="O Distrito Federal é sempre Metrópole, seja qual for a população.",
            fundamento=FUNDAMENTO_DO_DF,
        )
    faixa = faixa_do_porte(porte=porte, limites=limites)
    return PorteDoMunicipio(
        porte=porte,
        motivo=f"{com_virgula(populacao)} habitantes: {porte.nome} vai {faixa}.",
        fundamento=limites.fundamento,
    )


def faixa_do_porte(*, porte: Porte, limites: Parametro) -> str:
    """Faixa de habitantes em palavras: "de 20.001 a 50.000 habitantes"."""
    posicao = EM_ORDEM.index(porte)
    maior = limites.conteudo[porte].get("ate")
    if posicao == 0:
        return f"até {com_virgula(maior)} habitantes"
    menor = limites.conteudo[EM_ORDEM[posicao - 1]]["ate"] + 1
    if maior is None:
        return f"de {com_virgula(menor)} habitantes em diante"
    return f"de {com_virgula(menor)} a {com_virgula(maior)} habitantes"
