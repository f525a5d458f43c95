"""Com os dados reais ao lado do projeto: a tabela da norma e o porte oficial se reproduzem."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from normas.base.numeros import com_virgula
from normas.parametros.leitura import parametro
from normas.territorio.federacao import UF_POR_CODIGO
from normas.territorio.porte import porte_pelos_limites
from normas.territorio.tabela_de_porte import tabela_de_porte

RAIZ = Path(__file__).parents[3]
DADOS = Path(os.environ.get("REDESUAS_SHARED", RAIZ.parent / "shared")) / "data"
LIMITES = parametro("territorio.porte", em=date(2023, 12, 31))

pytestmark = pytest.mark.compartilhado


def ler(nome):
    with (DADOS / nome).open(encoding="utf-8", newline="") as arquivo:
        return list(csv.DictReader(arquivo))


def sigla(codigo):
    return UF_POR_CODIGO[codigo[:2]].sigla


def test_as_estimativas_de_2004_dao_a_tabela_do_primeiro_criterio():
    populacao = [
        (sigla(linha["codigo_ibge7"]), int(linha["est_2004"]))
        for linha in ler("populacao/populacao_municipal.csv")
        if linha["est_2004"]
    ]

    tabela = tabela_de_porte(municipios=populacao, limites=LIMITES)

    assert [(x.municipios, x.populacao) for x in (*tabela.linhas, tabela.total)] == [
        (3994, 32_952_033),
        (1008, 30_422_831),
        (309, 21_658_922),
        (237, 57_111_351),
        (16, 39_435_887),
        (5564, 181_581_024),
    ]
    assert [com_virgula(x.municipios_pct, casas=2) for x in tabela.linhas] == [
        "71,78",
        "18,12",
        "5,55",
        "4,26",
        "0,29",
    ]
    assert [com_virgula(x.populacao_pct, casas=2) for x in tabela.linhas] == [
        "18,15",
        "16,75",
        "11,93",
        "31,45",
        "21,72",
    ]


def test_o_porte_do_censo_de_2022_e_o_oficial_em_todos_os_municipios():
    oficiais = [linha for linha in ler("suas/conselho_municipal_idconselho_2023.csv") if linha["populacao_2022"]]
    nomes = {
        "Pequeno Porte I": "Pequeno I",
        "Pequeno Porte II": "Pequeno II",
        "Médio Porte": "Médio",
        "Grande Porte": "Grande",
        "Metrópole": "Metrópole",
    }

    diferentes = [
        linha["codigo_ibge7"]
        for linha in oficiais
        if porte_pelos_limites(
            populacao=int(linha["populacao_2022"]), uf=sigla(linha["codigo_ibge7"]), limites=LIMITES
        ).nome
        != nomes[linha["porte_suas"].strip()]
    ]

    assert len(oficiais) > 5000
    assert diferentes == []
