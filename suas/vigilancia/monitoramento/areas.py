"""A parte da rede de cada gerência estadual, pelos tipos de quem deve.

A BES nº 08 nomeia as quatro (5.1 a 5.4) e diz que a GSUAS monitora todos os sistemas (6.1), sem repartir a rede entre
as outras. A repartição aqui segue a proteção de cada unidade na Tipificação: é leitura do projeto, e só filtra
(ADR 0077).
"""

from __future__ import annotations

from collections.abc import Mapping

from suas.nucleo.permissoes.ator import Ator

PARTE_DA_REDE: Mapping[str, tuple[str, ...]] = {
    "gpsb": ("CRAS", "Centro de Convivência"),
    "gpse": ("CREAS", "CREAS Regional", "Centro POP", "Centro-Dia", "Unidade de Acolhimento"),
    "gbtr": ("Posto de Cadastramento Único",),
}


def da_area(ator: Ator) -> str:
    """A gerência em que se age e que tem parte da rede; vazia, é a rede toda."""
    area = ator.vinculo.area if ator.vinculo is not None else ""
    return area if area in PARTE_DA_REDE else ""
