"""A federação: as 27 unidades, seus códigos e as cinco grandes regiões, sem banco de dados."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Regiao(StrEnum):
    """Grandes regiões do IBGE, na ordem dos códigos."""

    NORTE = "Norte"
    NORDESTE = "Nordeste"
    SUDESTE = "Sudeste"
    SUL = "Sul"
    CENTRO_OESTE = "Centro-Oeste"


@dataclass(frozen=True, slots=True)
class UnidadeDaFederacao:
    """Um estado ou o Distrito Federal; `codigo` são os dois algarismos do IBGE."""

    codigo: str
    sigla: str
    nome: str
    regiao: Regiao


def _uf(codigo: str, sigla: str, nome: str) -> UnidadeDaFederacao:
    regiao = tuple(Regiao)[int(codigo[0]) - 1]
    return UnidadeDaFederacao(codigo, sigla, nome, regiao)


#: As 27 unidades na ordem do código do IBGE, que é também a ordem das regiões.
UFS = (
    _uf("11", "RO", "Rondônia"),
    _uf("12", "AC", "Acre"),
    _uf("13", "AM", "Amazonas"),
    _uf("14", "RR", "Roraima"),
    _uf("15", "PA", "Pará"),
    _uf("16", "AP", "Amapá"),
    _uf("17", "TO", "Tocantins"),
    _uf("21", "MA", "Maranhão"),
    _uf("22", "PI", "Piauí"),
    _uf("23", "CE", "Ceará"),
    _uf("24", "RN", "Rio Grande do Norte"),
    _uf("25", "PB", "Paraíba"),
    _uf("26", "PE", "Pernambuco"),
    _uf("27", "AL", "Alagoas"),
    _uf("28", "SE", "Sergipe"),
    _uf("29", "BA", "Bahia"),
    _uf("31", "MG", "Minas Gerais"),
    _uf("32", "ES", "Espírito Santo"),
    _uf("33", "RJ", "Rio de Janeiro"),
    _uf("35", "SP", "São Paulo"),
    _uf("41", "PR", "Paraná"),
    _uf("42", "SC", "Santa Catarina"),
    _uf("43", "RS", "Rio Grande do Sul"),
    _uf("50", "MS", "Mato Grosso do Sul"),
    _uf("51", "MT", "Mato Grosso"),
    _uf("52", "GO", "Goiás"),
    _uf("53", "DF", "Distrito Federal"),
)

UF_POR_SIGLA = MappingProxyType({uf.sigla: uf for uf in UFS})
UF_POR_CODIGO = MappingProxyType({uf.codigo: uf for uf in UFS})

#: Siglas em ordem alfabética: a ordem de desempate entre estados na partilha.
SIGLAS = tuple(sorted(UF_POR_SIGLA))

DISTRITO_FEDERAL = "DF"
