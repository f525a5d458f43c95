"""A amostra real do Cadastro Único entra pelo importador do produto, e o que se achou é o que docs/casos conta."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.casos_reais import reais

pytestmark = pytest.mark.compartilhado

ROTEIRO = "ferramentas/casos/cadunico.py"


@pytest.fixture(scope="module")
def caso(raiz: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """O texto e as contas dos três municípios menores, refeitos agora; o caso inteiro leva um minuto."""
    pasta = tmp_path_factory.mktemp("cadunico")
    feito = reais.executar(
        raiz, ROTEIRO, "--ate", "1000", "--saida", str(pasta), "--contas", str(pasta / "contas.json")
    )
    assert feito.returncode == 0, feito.stderr
    return pasta


@pytest.fixture(scope="module")
def contas(caso: Path) -> dict[str, Any]:
    lidas: dict[str, Any] = json.loads((caso / "contas.json").read_text("utf-8"))
    return lidas


def test_o_extrato_entra_inteiro_e_de_novo_nada_muda(contas: dict[str, Any]) -> None:
    vezes = {
        m["nome"]: [(v["novas"], v["mudadas"], v["iguais"], v["faltas"]) for v in m["vezes"]]
        for m in contas["municipios"]
    }

    assert vezes == {
        "Ouro Branco/MG": [(917, 0, 0, 0), (0, 0, 917, 0), (0, 27, 890, 0)],
        "São João do Manhuaçu/MG": [(847, 0, 0, 0), (0, 0, 847, 0), (0, 31, 816, 0)],
        "São João do Manteninha/MG": [(315, 0, 0, 0), (0, 0, 315, 0), (0, 15, 300, 0)],
    }


def test_o_registro_diz_o_mesmo_que_a_fonte(contas: dict[str, Any]) -> None:
    assert len(contas["municipios"]) == 3
    for municipio in contas["municipios"]:
        assert municipio["no_registro"] == municipio["na_fonte"], municipio["nome"]


def test_as_linhas_dos_outros_municipios_sao_de_fora(contas: dict[str, Any]) -> None:
    assert (contas["linhas"], contas["fora"]["de_fora"]) == (28_918, 28_603)


def test_o_texto_guardado_e_o_de_agora(caso: Path, raiz: Path) -> None:
    guardado = (raiz / "docs/casos/cadunico-2018.md").read_text("utf-8")
    refeito = (caso / "cadunico-2018.md").read_text("utf-8")

    tabelas = [linha for linha in refeito.splitlines() if "/MG |" in linha]
    assert len(tabelas) == 6
    assert all(linha in guardado for linha in tabelas)
    assert "**O arquivo dos seis municípios, trazido por um**: 28.603 de 28.918" in guardado
