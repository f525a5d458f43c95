"""Como um nome soa, para achar quem foi escrito de outro jeito: Luiz e Luís, Souza e Sousa, Thereza e Teresa.

Leitura do projeto de como se fala o português do Brasil: serve para achar, nunca para decidir que é a mesma pessoa.
"""

from __future__ import annotations

import re

from suas.cadastros.territorio.nomes import nome_de_busca

#: Trocas na ordem em que valem, depois de tirados acentos e maiúsculas.
_TROCAS = tuple(
    (re.compile(padrao), troca)
    for padrao, troca in (
        (r"ph", "f"),
        (r"y", "i"),
        (r"w", "v"),
        (r"ch|sh", "x"),
        (r"lh", "li"),
        (r"nh", "ni"),
        (r"ss|sc(?=[ei])|xc(?=[ei])|z", "s"),
        (r"(.)\1+", r"\1"),
        (r"c(?=[ei])", "s"),
        (r"[kq]u(?=[ei])|ck|k|q", "c"),
        (r"ct", "t"),
        (r"g(?=[ei])", "j"),
        (r"gu(?=[ei])", "g"),
        (r"h", ""),
        (r"[mn](?=[^aeiou]|$)", "n"),
        (r"l(?=[^aeiou]|$)", "u"),
        (r"o(?=e)", "u"),
        (r"(?<=.)e(?=.*[aeiou])", "i"),
        (r"o(?=s?$)", "u"),
        (r"s$", ""),
        (r"(.)\1+", r"\1"),
    )
)
_LIGAM = frozenset({"de", "da", "do", "das", "dos", "e", "di", "del"})


def palavras(nome: str) -> list[str]:
    """As palavras do nome que servem de busca: minúsculas, sem acento e sem as que só ligam."""
    return [palavra for palavra in nome_de_busca(nome).split() if palavra not in _LIGAM]


def som(palavra: str) -> str:
    """O som de uma palavra já sem acento. “luiz” e “luis” dão “lui”."""
    for padrao, troca in _TROCAS:
        palavra = padrao.sub(troca, palavra)
    return palavra
