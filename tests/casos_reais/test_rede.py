"""Os arquivos públicos de unidades entram pelo importador do produto, e o que se achou é o que docs/casos conta."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.casos_reais import reais

pytestmark = pytest.mark.compartilhado

ROTEIRO = "ferramentas/casos/rede.py"


@pytest.fixture(scope="module")
def caso(raiz: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pasta com o texto, o gráfico e as contas que o roteiro escreveu agora."""
    pasta = tmp_path_factory.mktemp("rede")
    feito = reais.executar(raiz, ROTEIRO, "--saida", str(pasta), "--contas", str(pasta / "contas.json"))
    assert feito.returncode == 0, feito.stderr
    return pasta


@pytest.fixture(scope="module")
def contas(caso: Path) -> dict[str, Any]:
    lidas: dict[str, Any] = json.loads((caso / "contas.json").read_text("utf-8"))
    return lidas


def test_cada_arquivo_entra_e_de_novo_nada_muda(contas: dict[str, Any]) -> None:
    entradas = {
        e["nome"]: (e["linhas"] - e["outras"], e["faltas"], e["de_fora"], e["novas"], e["mudadas"], e["iguais"])
        for e in contas["entradas"]
    }

    assert entradas == {
        "CRAS 2007": (4182, 130, 47, 4135, 0, 0),
        "CRAS 2008": (5142, 116, 0, 1138, 4004, 0),
        "CRAS 2014": (8088, 0, 0, 3259, 0, 4829),
        "CRAS 2015": (8155, 0, 0, 114, 0, 8041),
        "CRAS 2016": (8240, 0, 0, 101, 0, 8139),
        "CRAS 2021": (8470, 0, 0, 322, 0, 8148),
        "CREAS 2017": (2577, 0, 0, 2577, 0, 0),
        "CREAS 2023": (2902, 1, 1, 346, 0, 2555),
        "Centro POP 2023": (246, 0, 0, 246, 0, 0),
        "Postos do CadÚnico 2022": (2892, 2, 2, 2890, 0, 0),
    }
    assert [e["de_novo"] for e in contas["entradas"]] == [0] * 10


def test_os_totais_de_cada_ano_sao_os_que_o_ministerio_publicou(compartilhado: Path, contas: dict[str, Any]) -> None:
    publicados = reais.ler(compartilhado, "suas/cras_por_municipio_2007_2021.csv")
    somas = {
        ano: sum(int(float(linha[f"n_cras_{ano}"] or 0)) for linha in publicados)
        for ano in ("2007", "2008", "2014", "2015", "2016", "2021")
    }

    dos_arquivos = {passo["de"]: passo["antes"] for passo in contas["passos"]} | {"2021": 8470}

    # em 2021 o publicado por município não conta o CRAS de Fernando de Noronha, que está na lista de unidades
    assert dos_arquivos == somas | {"2021": somas["2021"] + 1}


def test_identificadores_que_ficam_somem_e_voltam(contas: dict[str, Any]) -> None:
    passos = [(p["ficaram"], p["sumiram"], p["novas"], p["no_lugar"]) for p in contas["passos"]]

    assert passos == [
        (4047, 135, 1095, 59), (4812, 330, 3276, 278), (8034, 54, 121, 2), (8112, 43, 128, 4), (8109, 131, 361, 21),
    ]  # fmt: skip
    assert (contas["identificadores"], contas["voltaram"], contas["trocaram"]) == (9073, 90, 28)
    assert contas["gravadas"]["CRAS"] == 9069


def test_so_avisam_os_pontos_que_a_propria_fonte_diz_fora_do_municipio(
    compartilhado: Path, contas: dict[str, Any]
) -> None:
    fora = {
        linha["id_creas"]
        for linha in reais.ler(compartilhado, "suas/creas_2017.csv")
        if linha["coordenada_situacao"].startswith("fora do municipio")
    }

    avisam = {identificador for _, _, identificador in contas["pontos"]["longe"]}

    assert len(avisam) == 10
    assert avisam <= fora


def test_todo_nome_de_municipio_da_lista_de_pagamentos_leva_ao_codigo(contas: dict[str, Any]) -> None:
    assert contas["nomes"] == {"linhas": 5570, "certos": 5570, "seis": 5570, "outros": 22}


@pytest.mark.parametrize("nome", ["rede-2007-2023.md", "rede-2007-2023.svg"])
def test_o_caso_e_o_que_o_roteiro_escreve(raiz: Path, caso: Path, nome: str) -> None:
    assert (caso / nome).read_text("utf-8") == (raiz / "docs/casos" / nome).read_text("utf-8"), (
        f"Refaça com: python {ROTEIRO}"
    )


def test_o_roteiro_diz_por_que_parou_quando_os_dados_nao_estao_la(raiz: Path, tmp_path: Path) -> None:
    feito = reais.executar(raiz, ROTEIRO, "--saida", str(tmp_path), ambiente={"REDESUAS_SHARED": str(tmp_path)})

    assert feito.returncode == 1
    assert "REDESUAS_SHARED" in feito.stderr
    assert "Traceback" not in feito.stderr
