"""Mais de cem mortes ao acaso, em cada banco: nada se perde, nada se repete, nada fica preso.

A semente é outra a cada execução e aparece na falha; para repetir: REDESUAS_SEMENTE=... (o acaso do escalonador do
sistema não se repete, o das mortes sim). O que é morto: trabalhadores, o servidor que põe na fila e, no PostgreSQL,
conexões (`pg_terminate_backend`).
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

MORTES = 110
RAIZ = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def banco_so_para_isto(tmp_path_factory) -> Iterator[dict[str, str]]:
    """Os ajustes de um banco vazio, do mesmo tipo do dos testes, que some no fim."""
    pasta = tmp_path_factory.mktemp("mortes")
    ambiente = {n: v for n, v in os.environ.items() if not n.startswith(("REDESUAS_", "PYTEST_", "DATABASE_URL"))}
    ambiente |= {"REDESUAS_DADOS": str(pasta), "REDESUAS_CHAVE": "so-para-os-testes-de-morte"}
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ambiente
        return
    import psycopg

    nome = f"redesuas_mortes_{os.getpid()}"
    raiz = url.rpartition("/")[0]
    with psycopg.connect(f"{raiz}/postgres", autocommit=True) as banco:
        banco.execute(f"CREATE DATABASE {nome}")
        yield ambiente | {"DATABASE_URL": f"{raiz}/{nome}"}
        banco.execute(f"DROP DATABASE {nome} WITH (FORCE)")


@pytest.fixture(scope="module")
def resultado(banco_so_para_isto) -> dict[str, Any]:
    """Uma execução serve a todos os testes do arquivo."""
    semente = os.environ.get("REDESUAS_SEMENTE") or str(secrets.randbelow(10**9))
    feito = subprocess.run(
        [sys.executable, "-m", "suas.nucleo.fila.tests.mortes", "--semente", semente, "--mortes", str(MORTES)],
        env=banco_so_para_isto,
        cwd=RAIZ,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert feito.stdout, f"semente {semente}: saída {feito.returncode}\n{feito.stderr[-3000:]}"
    return json.loads(feito.stdout) | {"saida": feito.returncode}


def test_cem_mortes_ao_acaso_nada_se_perde_nada_se_repete_nada_fica_preso(resultado):
    assert sum(resultado["mortes"].values()) >= 100
    assert resultado["mortes"]["trabalhador"] > 30, resultado
    assert resultado["mortes"]["servidor"] > 5, resultado
    assert resultado["mortes_com_tarefa_na_mao"] > 3, resultado
    assert resultado["pedidos"] > 80, resultado
    assert resultado["perdidos"] == [], resultado
    assert resultado["repetidos"] == [], resultado
    assert resultado["nao_feitas"] == [], resultado
    assert resultado["tarefas_a_mais"] == 0, resultado
    assert resultado["saida"] == 0, resultado


def test_foram_mortas_tambem_conexoes_onde_ha_servidor_de_banco(resultado):
    de_servidor = connections["default"].vendor == "postgresql"

    assert (resultado["mortes"].get("conexão", 0) > 5) == de_servidor, resultado


def test_o_sinal_de_fim_devolve_a_tarefa_longa_e_sai_limpo(resultado):
    fim = resultado["fim"]

    assert fim.pop("demora") < 5, resultado
    assert fim == {
        "saida": 0,
        "estado": "na_fila",
        "tentativas": 0,
        "quedas": 0,
        "na_lista": 0,
        "efeito": False,
    }


def test_a_tarefa_que_nao_termina_e_interrompida_e_as_outras_seguem(resultado):
    assert resultado["prazo"] == {
        "estado": "parada",
        "erro": "Passou do prazo de 2 segundos e foi interrompida.",
        "efeito": False,
        "seguinte": "feita",
    }
