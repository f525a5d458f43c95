"""Quem age nos processos da norma: gestores, conselhos e comissões."""

from __future__ import annotations

from enum import StrEnum


class Orgao(StrEnum):
    """Um gestor, um conselho ou uma comissão intergestores."""

    MUNICIPIO = "MUNICIPIO"
    ESTADO = "ESTADO"
    DF = "DF"
    UNIAO = "UNIAO"
    CMAS = "CMAS"
    CEAS = "CEAS"
    CAS_DF = "CAS_DF"
    CNAS = "CNAS"
    CIB = "CIB"
    CIT = "CIT"

    @property
    def nome(self) -> str:
        """Nome por extenso."""
        return _NOMES[self]

    @property
    def com_artigo(self) -> str:
        """Como se diz numa frase: "o CMAS", "a CIB"."""
        return _COM_ARTIGO[self]


_NOMES = {
    Orgao.MUNICIPIO: "Gestor municipal",
    Orgao.ESTADO: "Secretaria de Estado de Assistência Social",
    Orgao.DF: "Gestor do Distrito Federal",
    Orgao.UNIAO: "Gestor federal",
    Orgao.CMAS: "Conselho Municipal de Assistência Social",
    Orgao.CEAS: "Conselho Estadual de Assistência Social",
    Orgao.CAS_DF: "Conselho de Assistência Social do Distrito Federal",
    Orgao.CNAS: "Conselho Nacional de Assistência Social",
    Orgao.CIB: "Comissão Intergestores Bipartite",
    Orgao.CIT: "Comissão Intergestores Tripartite",
}

_COM_ARTIGO = {
    Orgao.MUNICIPIO: "o gestor municipal",
    Orgao.ESTADO: "a Secretaria de Estado",
    Orgao.DF: "o gestor do Distrito Federal",
    Orgao.UNIAO: "o gestor federal",
    Orgao.CMAS: "o CMAS",
    Orgao.CEAS: "o CEAS",
    Orgao.CAS_DF: "o CAS/DF",
    Orgao.CNAS: "o CNAS",
    Orgao.CIB: "a CIB",
    Orgao.CIT: "a CIT",
}
