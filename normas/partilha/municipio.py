"""O município que entra na partilha."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from normas.habilitacao.niveis import NivelDeGestao

GESTAO_QUE_PARTICIPA = frozenset({NivelDeGestao.BASICA, NivelDeGestao.PLENA, NivelDeGestao.DF})


@dataclass(frozen=True, slots=True)
class Origem:
    """De onde veio um dado: fonte e ano a que se refere."""

    fonte: str
    ano: str


SEM_ORIGEM: Mapping[str, Origem] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipio:
    """Uma linha da entrada, já conferida.

    Valores monetários per capita em reais; o indicador que falta é `None`. `origens` diz, por nome
    de coluna, a fonte e o ano do dado, quando se sabem.
    """

    codigo_ibge: str
    uf: str
    populacao: int
    nivel_gestao: NivelDeGestao
    adesao_suas: bool
    cras_cofinanciados: int
    rcl_per_capita: Decimal | None
    fnas_psb_per_capita: Decimal | None
    populacao_vulneravel: int | None = None
    familias: int | None = None
    familias_pobres: int | None = None
    indicador_complementar: Decimal | None = None
    origens: Mapping[str, Origem] = field(default_factory=lambda: SEM_ORIGEM)

    @property
    def elegivel(self) -> bool:
        """Aderiu ao SUAS e tem gestão básica, plena ou do Distrito Federal (item 4)."""
        return self.adesao_suas and self.nivel_gestao in GESTAO_QUE_PARTICIPA
