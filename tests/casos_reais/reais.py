"""Leitura dos dados reais pelos testes que levam a marca `compartilhado`."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


def ler(compartilhado: Path, nome: str) -> list[dict[str, str]]:
    """Lê um CSV de `../shared/data`."""
    with (compartilhado / "data" / nome).open(encoding="utf-8", newline="") as arquivo:
        return list(csv.DictReader(arquivo))


def gravar(destino: Path, colunas: tuple[str, ...], linhas: Iterable[tuple[object, ...]]) -> Path:
    """Escreve um CSV como a linha de comando pede e devolve o caminho."""
    with destino.open("w", encoding="utf-8", newline="") as arquivo:
        escritor = csv.writer(arquivo, lineterminator="\n")
        escritor.writerow(colunas)
        escritor.writerows(linhas)
    return destino


def executar(
    raiz: Path, roteiro: str, *argumentos: str, ambiente: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Executa um roteiro do projeto como quem o chama no terminal, com mais estas variáveis de ambiente."""
    return subprocess.run(
        [sys.executable, str(raiz / roteiro), *argumentos],
        cwd=raiz,
        env={**os.environ, **(ambiente or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
