"""Passo 1, entre os portes, e passo 2, entre os estados de cada porte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from normas.base.centavos import ratear
from normas.base.fundamento import Fundamento
from normas.territorio.porte import Porte

NOB_2005 = "NOB/SUAS 2005 (Resolução CNAS nº 130/2005)"
FUNDAMENTO_PASSO_1 = Fundamento(NOB_2005, "item 5.5, I, a, 1º critério e 1º passo")
FUNDAMENTO_PASSO_2 = Fundamento(NOB_2005, "item 5.5, I, a, 2º critério e 2º passo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passo1:
    """Peso e centavos de cada porte, na ordem dos portes; a soma é o recurso."""

    pesos: Mapping[Porte, int]
    valores: Mapping[Porte, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passo2:
    """Centavos de cada estado em cada porte.

    `pesos` é a população vulnerável por porte e UF; `devolvido` o que o porte sem município (ou sem
    vulnerável) devolve; `recebido` o que os outros ganham disso; `totais` o que o porte reparte.
    """

    pesos: Mapping[Porte, Mapping[str, int]]
    devolvido: Mapping[Porte, int]
    recebido: Mapping[Porte, int]
    totais: Mapping[Porte, int]
    valores: Mapping[Porte, Mapping[str, int]]


def passo_1(*, recurso_centavos: int, pesos: Mapping[Porte, int]) -> Passo1:
    """Reparte o recurso entre os cinco portes, em proporção aos pesos.

    Erros: os de `ratear`.
    """
    em_ordem = {porte: pesos[porte] for porte in Porte}
    return Passo1(pesos=em_ordem, valores=ratear(total=recurso_centavos, pesos=em_ordem))


def passo_2(*, passo1: Passo1, vulneraveis: Mapping[Porte, Mapping[str, int]]) -> Passo2:
    """Reparte o de cada porte entre os estados, em proporção à população vulnerável.

    O porte sem vulnerável algum devolve o que tem; o devolvido é somado e repartido uma vez entre
    os outros, pelos pesos do passo 1 (ADR 0004). `vulneraveis` tem UFs em ordem alfabética.

    Erros: `ValueError` quando não há vulnerável em porte nenhum.
    """
    recebem = {p: peso for p, peso in passo1.pesos.items() if sum(vulneraveis[p].values()) > 0}
    devolvido = {p: valor for p, valor in passo1.valores.items() if p not in recebem}
    recebido = ratear(total=sum(devolvido.values()), pesos=recebem)
    totais = {p: passo1.valores[p] + recebido[p] if p in recebem else 0 for p in Porte}
    return Passo2(
        pesos=vulneraveis,
        devolvido=devolvido,
        recebido=recebido,
        totais=totais,
        valores={
            p: ratear(total=totais[p], pesos=vulneraveis[p]) if p in recebem else dict.fromkeys(vulneraveis[p], 0)
            for p in Porte
        },
    )
