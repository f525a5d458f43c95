"""Indicadores sintéticos e repetíveis para os municípios reais. Nenhum número daqui descreve um lugar de verdade.

O acaso de cada município nasce só do código dele: a mesma entrada dá sempre os mesmos valores, em qualquer máquina.
As médias por região e porte são inventadas com ordem plausível, para que a demonstração se pareça com o país.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from normas.territorio.federacao import DISTRITO_FEDERAL, UF_POR_SIGLA
from normas.territorio.porte import Porte

FONTE = "Demonstração: valor sintético"
_VULNERAVEIS = {"Norte": 0.42, "Nordeste": 0.47, "Sudeste": 0.23, "Sul": 0.18, "Centro-Oeste": 0.26}
_RECEITA = {"Norte": 3900, "Nordeste": 3400, "Sudeste": 5200, "Sul": 5600, "Centro-Oeste": 5400}
_CRAS = {Porte.PEQUENO_I: 1, Porte.PEQUENO_II: 1, Porte.MEDIO: 2, Porte.GRANDE: 4, Porte.METROPOLE: 8}


@dataclass(frozen=True, kw_only=True)
class Sintetico:
    """Os indicadores de um município, como texto exato, por código de indicador."""

    codigo_ibge: str
    valores: dict[str, str]


def _decimal(valor: float, casas: int) -> str:
    return str(Decimal(repr(valor)).quantize(Decimal(1).scaleb(-casas)))


def sintetizar(*, codigo_ibge: str, uf: str, populacao: int, porte: Porte) -> Sintetico:
    """Inventa os indicadores de um município: sigla da UF, população em habitantes, dinheiro em R$ por habitante."""
    acaso = Random(f"redesuas:{codigo_ibge}")
    regiao = UF_POR_SIGLA[uf].regiao
    taxa = min(max(acaso.gauss(_VULNERAVEIS[regiao], 0.09), 0.03), 0.85)
    familias = max(round(populacao / acaso.uniform(2.7, 3.6)), 1)
    valores = {
        "populacao_vulneravel": str(max(round(populacao * taxa), 1)),
        "familias": str(familias),
        "familias_pobres": str(round(familias * min(taxa * acaso.uniform(0.8, 1.1), 1))),
        "rcl_per_capita": _decimal(max(acaso.gauss(_RECEITA[regiao], 900), 900), 2),
        "fnas_psb_per_capita": _decimal(max(acaso.gauss(14 + 40 * taxa, 7), 0), 2),
        "taxa_urbanizacao": _decimal(min(max(acaso.gauss(0.62, 0.2), 0.05), 1) * 100, 1),
        "intensidade_pobreza": _decimal(min(max(acaso.gauss(30 + 30 * taxa, 7), 5), 80), 1),
        "crescimento_populacional": _decimal(acaso.gauss(0.6, 1.1), 2),
        "evasao_escolar": _decimal(min(max(acaso.gauss(2 + 8 * taxa, 1.6), 0.1), 20), 1),
        "taxa_homicidios": _decimal(max(acaso.gauss(24, 11), 1), 1),
    }
    valores["mortalidade_infantil"] = _decimal(max(acaso.gauss(8 + 14 * taxa, 4), 0), 1)
    valores |= _gestao(acaso, porte=porte, uf=uf)
    return Sintetico(codigo_ibge=codigo_ibge, valores=valores)


def _gestao(acaso: Random, *, porte: Porte, uf: str) -> dict[str, str]:
    """Nível de gestão, adesão e CRAS já cofinanciados: quanto maior o porte, mais habilitado."""
    ordem = list(_CRAS).index(porte)
    if uf == DISTRITO_FEDERAL:
        nivel = "df"
    else:
        pesos = (max(8 - 2 * ordem, 1), 14, 58, 12 + 12 * ordem)
        nivel = acaso.choices(("nao_habilitado", "inicial", "basica", "plena"), pesos)[0]
    minimo = _CRAS[porte]
    # metade dos municípios ainda não completou o mínimo de CRAS cofinanciados
    cras = minimo if acaso.random() < 0.5 else acaso.randrange(minimo)
    return {
        "nivel_gestao": nivel,
        "adesao_suas": "nao" if nivel == "nao_habilitado" and acaso.random() < 0.7 else "sim",
        "cras_cofinanciados": str(cras + (acaso.random() < 0.08)),
    }
