"""Municípios inventados para os testes da partilha."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from normas.partilha.entrada import ler_entrada
from normas.partilha.municipio import Municipio
from normas.partilha.opcoes import (
    CriterioPorte,
    Direcao,
    Normalizacao,
    Opcoes,
    direcao_por_porte,
)
from normas.territorio.porte import PORTE_POR_NOME

COLUNAS = Opcoes(recurso_centavos=1, pbf_centavos=1).colunas_da_entrada
LINHA = {
    "codigo_ibge": "3200001",
    "uf": "ES",
    "populacao": "10000",
    "populacao_vulneravel": "1000",
    "rcl_per_capita": "100.00",
    "fnas_psb_per_capita": "1.00",
    "indicador_complementar": "10",
    "nivel_gestao": "basica",
    "adesao_suas": "sim",
    "cras_cofinanciados": "0",
}


def opcoes(**mudancas: Any) -> Opcoes:
    """Opções comuns: R$ 1.000.000,00 e piso de R$ 1,80."""
    return Opcoes(**{"recurso_centavos": 100_000_000, "pbf_centavos": 180, **mudancas})


def opcoes_do_caso(lidas: Mapping[str, Any]) -> Opcoes:
    """Opções escritas num caso em YAML, com as palavras da linha de comando."""
    direcoes = dict(par.split("=") for par in str(lidas.get("direcao_complementar", "")).split(",") if par)
    return Opcoes(
        recurso_centavos=int(lidas["recurso"].replace(".", "")),
        pbf_centavos=int(lidas["pbf"].replace(".", "")),
        exercicio=lidas.get("exercicio", 2006),
        criterio_porte=CriterioPorte(lidas.get("criterio_porte", "tabela")),
        normalizacao=Normalizacao(lidas.get("normalizacao", "porte")),
        transicao_2005=lidas.get("transicao_2005", False) == "sim",
        excluir_incompletos=lidas.get("excluir_incompletos", False) == "sim",
        complementares=direcao_por_porte(
            {PORTE_POR_NOME[nome]: Direcao(palavra) for nome, palavra in direcoes.items()}
        ),
    )


def csv_de(linhas: Iterable[Mapping[str, Any]], colunas: Iterable[str] = COLUNAS) -> bytes:
    """Escreve linhas (completadas por `LINHA`) como o arquivo de entrada."""
    destino = io.StringIO()
    escritor = csv.DictWriter(destino, list(colunas), lineterminator="\n", extrasaction="ignore")
    escritor.writeheader()
    escritor.writerows({**LINHA, **linha} for linha in linhas)
    return destino.getvalue().encode()


def municipios(*linhas: Mapping[str, Any], com: Opcoes | None = None) -> tuple[Municipio, ...]:
    """Lê linhas completadas por `LINHA`; o teste falha se alguma tiver falta."""
    escolhidas = com or opcoes()
    leitura = ler_entrada(dados=csv_de(linhas, escolhidas.colunas_da_entrada), opcoes=escolhidas)
    assert not leitura.falhas, leitura.falhas
    return leitura.municipios
