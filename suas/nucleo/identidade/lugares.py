"""O território de um vínculo em palavras. Quem conhece os municípios é um andar de cima, que se registra aqui.

# em ready() do módulo que guarda os municípios
lugares.registrar(nomear=..., achar=...)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from normas.territorio.federacao import UF_POR_CODIGO
from suas.nucleo.permissoes.abrangencia import BRASIL

NOME_DO_PAIS = "Brasil"


@dataclass(frozen=True, kw_only=True)
class Lugar:
    """Um território: o código (BR, UF ou município) e o nome, como “Vitória/ES”."""

    codigo: str
    nome: str


#: códigos de município -> nomes dos que existem
Nomear = Callable[[Iterable[str]], Mapping[str, str]]
#: texto digitado, ou vazio, e o território em que se procura -> lugares, os mais prováveis primeiro
Achar = Callable[[str, str], Iterable[Lugar]]

_nomear: Nomear | None = None
_achar: Achar | None = None
_vistos: dict[str, str] = {}


def registrar(*, nomear: Nomear, achar: Achar) -> None:
    """Diz quem sabe o nome dos municípios e quem os procura. Chamado uma vez, no `ready` do módulo dono deles."""
    global _nomear, _achar
    _nomear, _achar = nomear, achar


def nomes(codigos: Iterable[str]) -> dict[str, str]:
    """O nome de cada código; município que ninguém conhece fica com o próprio código. Uma consulta, se preciso."""
    pedidos = set(codigos)
    faltam = sorted(c for c in pedidos if c not in _vistos and c != BRASIL and c not in UF_POR_CODIGO)
    if faltam and _nomear is not None:
        _vistos.update(_nomear(faltam))
    return {codigo: _nome(codigo) for codigo in pedidos}


def nome(codigo: str) -> str:
    """O nome de um código: “Brasil”, “Espírito Santo”, “Vitória/ES”."""
    return nomes([codigo])[codigo]


def _nome(codigo: str) -> str:
    if codigo == BRASIL:
        return NOME_DO_PAIS
    if uf := UF_POR_CODIGO.get(codigo):
        return uf.nome
    return _vistos.get(codigo, codigo)


def achar(texto: str, *, dentro: str) -> list[Lugar]:
    """Os lugares que o texto pode dizer dentro de uma abrangência; o texto vazio dá todos os de uma UF."""
    achados = list(_achar(texto, dentro)) if _achar is not None else []
    if dentro == BRASIL and texto.strip().casefold() in {"", "br", NOME_DO_PAIS.casefold()}:
        achados.insert(0, Lugar(codigo=BRASIL, nome=NOME_DO_PAIS))
    return achados
