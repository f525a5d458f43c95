"""Papéis em palavras que um auditor confere. Ver também docs/manual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from suas.nucleo.permissoes.permissao import Permissao as P

Esfera = Literal["uniao", "uf", "municipio"]


@dataclass(frozen=True, kw_only=True)
class Papel:
    """Um papel: o que permite e em que esferas existe."""

    codigo: str
    nome: str
    descricao: str
    esferas: frozenset[Esfera]
    permissoes: frozenset[P]


ADMINISTRACAO_FEDERAL = Papel(
    codigo="administracao_federal",
    nome="Administração federal",
    descricao=(
        "Conduz a partilha do FNAS: abre, congela os insumos, simula, compara cenários, junta a pactuação da CIT e a "
        "resolução do CNAS e sela. Importa indicadores e população de todo o país."
    ),
    esferas=frozenset({"uniao"}),
    permissoes=frozenset(P),
)
GESTAO_ESTADUAL = Papel(
    codigo="gestao_estadual",
    nome="Gestão estadual",
    descricao=(
        "Conduz a partilha do fundo estadual entre os próprios municípios, importa e digita indicadores deles e "
        "acompanha as partilhas nacionais em simulação."
    ),
    esferas=frozenset({"uf"}),
    permissoes=frozenset(
        {P.PARTILHA_CONDUZIR, P.PARTILHA_PACTUAR, P.PARTILHA_SELAR, P.PARTILHA_VER_RASCUNHO}
        | {P.INDICADOR_IMPORTAR, P.INDICADOR_DIGITAR}
    ),
)
GESTAO_MUNICIPAL = Papel(
    codigo="gestao_municipal",
    nome="Gestão municipal",
    descricao="Lê a memória do próprio município nas partilhas simuladas e o que mudaria a sua posição.",
    esferas=frozenset({"municipio"}),
    permissoes=frozenset({P.PARTILHA_VER_RASCUNHO}),
)
CONSELHO = Papel(
    codigo="conselho",
    nome="Conselho de assistência social",
    descricao="Examina as partilhas da sua abrangência antes de deliberar: insumos, memória e cenários.",
    esferas=frozenset({"uniao", "uf", "municipio"}),
    permissoes=frozenset({P.PARTILHA_VER_RASCUNHO}),
)
PUBLICO = Papel(
    codigo="publico",
    nome="Público",
    descricao="Quem não entrou. Consulta o território e as partilhas deliberadas e seladas.",
    esferas=frozenset(),
    permissoes=frozenset(),
)

PAPEIS: dict[str, Papel] = {
    papel.codigo: papel for papel in (ADMINISTRACAO_FEDERAL, GESTAO_ESTADUAL, GESTAO_MUNICIPAL, CONSELHO, PUBLICO)
}
PAPEIS_DE_VINCULO = tuple(p for p in PAPEIS.values() if p.esferas)
