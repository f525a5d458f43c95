"""A partilha nacional com dados reais: fecha ao centavo, refaz-se por fora e é a que docs/casos conta."""

from __future__ import annotations

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from suas.config.comandos import main
from tests.casos_reais import reais

pytestmark = pytest.mark.compartilhado

ROTEIRO = "ferramentas/casos/partilha_nacional.py"
OPCOES = ("--recurso", "50000000.00", "--pbf", "1.80", "--exercicio", "2006")


@pytest.fixture(scope="module")
def caso(raiz: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pasta com o texto, o mapa e a entrada que o roteiro escreveu agora."""
    pasta = tmp_path_factory.mktemp("caso")
    feito = reais.executar(raiz, ROTEIRO, "--saida", str(pasta), "--entrada", str(pasta / "entrada.csv"))
    assert feito.returncode == 0, feito.stderr
    return pasta


@pytest.fixture(scope="module")
def partilha(caso: Path) -> Path:
    """Pasta com os arquivos da partilha dessa entrada, pela linha de comando."""
    saida = caso / "resultado"
    codigo = main(
        ["partilha", "--entrada", str(caso / "entrada.csv"), "--saida", str(saida), *OPCOES, "--excluir-incompletos"]
    )
    assert codigo == 0
    return saida


def _municipios(pasta: Path) -> list[dict[str, str]]:
    with (pasta / "municipios.csv").open(encoding="utf-8", newline="") as arquivo:
        return list(csv.DictReader(arquivo))


def _memoria(pasta: Path) -> dict[str, Any]:
    memoria: dict[str, Any] = json.loads((pasta / "memoria.json").read_text("utf-8"))
    return memoria


def test_estao_todos_os_municipios_de_2004_e_so_falta_quem_nao_tem_receita(partilha: Path) -> None:
    municipios = _municipios(partilha)

    assert len(municipios) == 5564
    assert Counter(m["motivo"] for m in municipios if m["situacao"] == "nao_classificado") == {
        "Falta rcl_per_capita.": 174
    }


def test_pago_mais_saldos_e_o_recurso_ao_centavo(partilha: Path) -> None:
    pago = sum(Decimal(m["valor_partilhado"]) for m in _municipios(partilha))
    with (partilha / "grupos.csv").open(encoding="utf-8", newline="") as arquivo:
        saldo = sum(Decimal(g["saldo"]) for g in csv.DictReader(arquivo))

    assert pago + saldo == Decimal("50000000.00")
    assert 0 < saldo < pago


def test_indicador_igual_para_todos_vale_um_e_nao_muda_a_ordem(partilha: Path) -> None:
    classificados = [m for m in _memoria(partilha)["municipios"] if m["situacao"] != "nao_classificado"]

    assert {m["indicadores"]["fnas_psb_per_capita"]["representativo"] for m in classificados} == {"1/1"}


def test_o_recalculo_independente_confere(raiz: Path, partilha: Path) -> None:
    feito = reais.executar(raiz, "ferramentas/recalcular.py", str(partilha / "memoria.json"))

    assert feito.returncode == 0, feito.stdout + feito.stderr


def test_sem_excluir_incompletos_cada_receita_que_falta_e_apontada_e_nada_e_escrito(
    caso: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saida = tmp_path / "resultado"

    codigo = main(["partilha", "--entrada", str(caso / "entrada.csv"), "--saida", str(saida), *OPCOES])

    faltas = capsys.readouterr().err.splitlines()
    assert codigo == 3
    assert len(faltas) == 174
    assert all(falta.startswith("linha ") and ", coluna rcl_per_capita: " in falta for falta in faltas)
    assert not saida.exists()


def test_o_texto_do_caso_e_o_que_o_roteiro_escreve(raiz: Path, caso: Path) -> None:
    nome = "partilha-nacional-2004.md"

    assert (caso / nome).read_text("utf-8") == (raiz / "docs/casos" / nome).read_text("utf-8"), (
        f"Refaça com: python {ROTEIRO}"
    )


def test_o_mapa_do_caso_acompanha_o_texto(raiz: Path, caso: Path) -> None:
    nome = "partilha-nacional-2004.svg"
    desenho = (caso / nome).read_text("utf-8")

    assert "Contemplado: " in desenho
    assert (raiz / "docs/casos" / nome).is_file()


def test_o_roteiro_diz_por_que_parou_quando_os_dados_nao_estao_la(raiz: Path, tmp_path: Path) -> None:
    feito = reais.executar(raiz, ROTEIRO, "--saida", str(tmp_path), ambiente={"REDESUAS_SHARED": str(tmp_path)})

    assert feito.returncode == 1
    assert "REDESUAS_SHARED" in feito.stderr
    assert "Traceback" not in feito.stderr
