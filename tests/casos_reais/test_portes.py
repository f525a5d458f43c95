"""Os portes que a regra dá são os que a norma de 2005 e o Censo SUAS 2023 publicaram."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from normas.territorio.porte import porte_do_municipio
from suas.config.comandos import main
from tests.casos_reais import reais

pytestmark = pytest.mark.compartilhado

COLUNAS = ("codigo_ibge", "uf", "populacao")
# Como a NOB/SUAS 2005 imprime a tabela do item 5.5, 1º critério.
TABELA_DA_NORMA = {
    "Pequeno I": ("3.994", "71,78", "32.952.033", "18,15"),
    "Pequeno II": ("1.008", "18,12", "30.422.831", "16,75"),
    "Médio": ("309", "5,55", "21.658.922", "11,93"),
    "Grande": ("237", "4,26", "57.111.351", "31,45"),
    "Metrópole": ("16", "0,29", "39.435.887", "21,72"),
    "Total": ("5.564", "100,00", "181.581.024", "100,00"),
}
OFICIAL = {
    "Pequeno Porte I": "Pequeno I",
    "Pequeno Porte II": "Pequeno II",
    "Médio Porte": "Médio",
    "Grande Porte": "Grande",
    "Metrópole": "Metrópole",
}


def _ufs(compartilhado: Path) -> dict[str, str]:
    return {linha["codigo_ibge7"]: linha["uf"] for linha in reais.ler(compartilhado, "municipios.csv")}


def _tabela_impressa(texto: str) -> dict[str, tuple[str, ...]]:
    linhas = [re.split(r"  +", linha.strip()) for linha in texto.splitlines()]
    return {linha[0]: tuple(linha[1:]) for linha in linhas if len(linha) == 5 and linha[0] != "Porte"}


def test_a_estimativa_de_2004_da_a_tabela_impressa_na_norma(
    compartilhado: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ufs = _ufs(compartilhado)
    linhas = reais.ler(compartilhado, "populacao/populacao_municipal.csv")
    entrada = reais.gravar(
        tmp_path / "2004.csv",
        COLUNAS,
        ((x["codigo_ibge7"], ufs[x["codigo_ibge7"]], x["est_2004"]) for x in linhas if x["est_2004"]),
    )

    codigo = main(["porte", "--populacao", str(entrada)])

    assert codigo == 0
    assert _tabela_impressa(capsys.readouterr().out) == TABELA_DA_NORMA


def test_a_tabela_da_norma_transcrita_aqui_e_a_das_fontes(compartilhado: Path) -> None:
    for linha in reais.ler(compartilhado, "populacao/nob2005_porte_2004.csv"):
        municipios, _, populacao, _ = TABELA_DA_NORMA[linha["porte"]]

        assert municipios.replace(".", "") == linha["nob_municipios"]
        assert populacao.replace(".", "") == linha["nob_populacao"]


def test_o_censo_de_2022_da_o_porte_oficial_de_cada_um_dos_5570_municipios(compartilhado: Path) -> None:
    ufs = _ufs(compartilhado)
    oficiais = reais.ler(compartilhado, "suas/conselho_municipal_idconselho_2023.csv")

    diferentes = [
        (linha["codigo_ibge7"], linha["porte_suas"])
        for linha in oficiais
        if porte_do_municipio(
            populacao=int(linha["populacao_2022"]), uf=ufs[linha["codigo_ibge7"]], em=date(2023, 12, 31)
        ).porte.nome
        != OFICIAL[linha["porte_suas"]]
    ]

    assert len(oficiais) == 5570
    assert diferentes == []


def test_quem_tem_exatamente_20_mil_habitantes_e_pequeno_i_tambem_no_porte_oficial(compartilhado: Path) -> None:
    oficiais = reais.ler(compartilhado, "suas/conselho_municipal_idconselho_2023.csv")

    no_limite = {x["codigo_ibge7"]: x["porte_suas"] for x in oficiais if x["populacao_2022"] == "20000"}

    assert no_limite == {"3169703": "Pequeno Porte I"}


@pytest.mark.parametrize("nome", ["porte-2004.md", "porte-2022.md"])
def test_o_texto_do_caso_e_o_que_o_roteiro_escreve(raiz: Path, tmp_path: Path, nome: str) -> None:
    feito = reais.executar(raiz, "ferramentas/casos/portes.py", "--saida", str(tmp_path))

    assert feito.returncode == 0, feito.stderr
    assert (tmp_path / nome).read_text("utf-8") == (raiz / "docs/casos" / nome).read_text("utf-8"), (
        "Refaça com: python ferramentas/casos/portes.py"
    )
