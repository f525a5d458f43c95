"""Leitura dos dados reais pelos testes que levam a marca `compartilhado`."""

from __future__ import annotations

import csv
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


def executar(raiz: Path, roteiro: str, *argumentos: str) -> subprocess.CompletedProcess[str]:
    """Executa um roteiro do projeto como quem o chama no terminal."""
    comando = [sys.executable, str(raiz / roteiro), *argumentos]
    return subprocess.run(comando, cwd=raiz, capture_output=True, text=True, check=False, timeout=300)
