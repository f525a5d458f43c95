"""Mais de cem mortes ao acaso no caminho do mês: o que se confirmou está lá, e nada conta duas vezes.

A semente é outra a cada execução e aparece na falha; para repetir: REDESUAS_SEMENTE=... Com mais mortes e no
PostgreSQL, fora dos testes: benchmarks/mortes_do_mes.py.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from suas.vigilancia.remessas.tests.mortes import ERRADO
from tests import reserva

MORTES = 110
PROGRAMA = "suas.vigilancia.remessas.tests.mortes"
RAIZ = Path(__file__).resolve().parents[4]


@pytest.fixture
def banco_so_para_isto(db, tmp_path) -> dict[str, str]:
    """Os ajustes de um banco já migrado, cópia do dos testes."""
    ambiente = {n: v for n, v in os.environ.items() if not n.startswith(("REDESUAS_", "PYTEST_", "DATABASE_URL"))}
    shutil.copy(reserva.pasta() / f"{reserva.resumo_do_banco('sqlite')}.sqlite3", tmp_path / "redesuas.sqlite3")
    return ambiente | {"REDESUAS_DADOS": str(tmp_path), "REDESUAS_CHAVE": "so-para-os-testes-de-morte"}


@pytest.mark.sqlite
def test_cem_mortes_ao_acaso_nada_enviado_se_perde_nem_conta_duas_vezes(banco_so_para_isto: dict[str, str]) -> None:
    semente = os.environ.get("REDESUAS_SEMENTE") or str(secrets.randbelow(10**9))
    pasta = Path(banco_so_para_isto["REDESUAS_DADOS"])
    with (pasta / "saida.json").open("w") as saida, (pasta / "erros.txt").open("w") as erros:
        # em arquivos, e não em canos: um processo órfão não segura o teste
        feito = subprocess.run(
            [
                sys.executable,
                "-m",
                "suas.vigilancia.remessas.tests.mortes",
                "--semente",
                semente,
                "--mortes",
                str(MORTES),
            ],
            env=banco_so_para_isto,
            cwd=RAIZ,
            stdout=saida,
            stderr=erros,
            timeout=300,
            check=False,
        )
    escrito = (pasta / "saida.json").read_text(encoding="utf-8")
    assert escrito, f"semente {semente}: saída {feito.returncode}\n{(pasta / 'erros.txt').read_text()[-3000:]}"
    resultado: dict[str, Any] = json.loads(escrito)

    assert sum(resultado["mortes"].values()) >= 100
    assert resultado["mortes"]["servidor"] > 30 and resultado["mortes"]["trabalhador"] > 10, resultado
    assert resultado["confirmados"] > 20 and resultado["remessas"] > 2, resultado
    assert {nome: resultado[nome] for nome in ERRADO if resultado[nome]} == {}, resultado
    assert feito.returncode == 0
