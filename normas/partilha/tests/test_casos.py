"""Os casos em YAML: cada um se calcula, se confere e se refaz a partir da sua memória."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml

from normas.partilha.calculo import partilhar
from normas.partilha.entrada import ler_entrada
from normas.partilha.memoria import (
    canonica,
    montar_memoria,
    municipios_da_memoria,
    opcoes_da_memoria,
)
from normas.partilha.saida import grupos_csv, municipios_csv
from normas.partilha.tests.fabricas import opcoes_do_caso

CASOS = sorted((Path(__file__).parent.parent / "casos").glob("*.yaml"))


def _ler(arquivo: Path) -> dict:
    # BaseLoader deixa tudo em texto: 1.80 não vira número e "sim" continua "sim".
    caso = yaml.load(arquivo.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    if "exercicio" in caso["opcoes"]:
        caso["opcoes"]["exercicio"] = int(caso["opcoes"]["exercicio"])
    return caso


def _tabela(texto: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(texto)))


def _so_as_colunas(linhas: list[dict[str, str]], como: list[dict[str, str]]) -> list:
    return [{coluna: linha[coluna] for coluna in como[0]} for linha in linhas]


def test_ha_casos_para_ler():
    assert len(CASOS) >= 8


@pytest.mark.parametrize("arquivo", CASOS, ids=lambda arquivo: arquivo.stem)
def test_o_caso_da_as_cotas_que_a_conta_a_mao_deu(arquivo):
    caso = _ler(arquivo)
    opcoes = opcoes_do_caso(caso["opcoes"])
    leitura = ler_entrada(dados=caso["entrada"].encode(), opcoes=opcoes)
    assert leitura.falhas == ()

    resultado = partilhar(municipios=leitura.municipios, opcoes=opcoes)

    municipios = _tabela(municipios_csv(resultado).decode())
    grupos = _tabela(grupos_csv(resultado).decode())
    esperados, grupos_esperados = _tabela(caso["municipios"]), _tabela(caso["grupos"])
    assert _so_as_colunas(municipios, esperados) == esperados
    assert _so_as_colunas(grupos, grupos_esperados) == grupos_esperados
    assert resultado.pago_centavos + resultado.saldo_centavos == opcoes.recurso_centavos


@pytest.mark.parametrize("arquivo", CASOS, ids=lambda arquivo: arquivo.stem)
def test_a_memoria_do_caso_refaz_a_mesma_memoria(arquivo):
    caso = _ler(arquivo)
    opcoes = opcoes_do_caso(caso["opcoes"])
    leitura = ler_entrada(dados=caso["entrada"].encode(), opcoes=opcoes)
    memoria = montar_memoria(partilhar(municipios=leitura.municipios, opcoes=opcoes))

    refeita = montar_memoria(partilhar(municipios=municipios_da_memoria(memoria), opcoes=opcoes_da_memoria(memoria)))

    assert canonica(refeita) == canonica(memoria)
