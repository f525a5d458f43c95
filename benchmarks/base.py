"""A base das medidas: a demonstração inteira, com todos os municípios, numa pasta à parte."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # como faz `./redesuas`


def preparar_dados(*, postgres: str = "") -> Path:
    """Pasta com a demonstração carregada, em SQLite ou no endereço `postgres`.

    REDESUAS_BENCHMARK indica uma que fica; senão, some no fim (o banco do PostgreSQL fica).
    """
    indicada = os.environ.get("REDESUAS_BENCHMARK")
    pasta = Path(indicada) if indicada else Path(tempfile.mkdtemp(prefix="redesuas-medidas-"))
    if not indicada:
        atexit.register(shutil.rmtree, pasta, ignore_errors=True)
    if not postgres:
        os.environ.pop("DATABASE_URL", None)
    os.environ["REDESUAS_DADOS"] = str(pasta)
    subprocess.run(
        [sys.executable, "-P", "-m", "suas.config.demonstrar"], cwd=RAIZ, check=True, stdout=subprocess.DEVNULL
    )
    return pasta


def preparar() -> Path:
    """A base e o Django prontos neste processo; devolve a pasta."""
    pasta = preparar_dados()
    from suas.config.gerenciar import preparar_django

    preparar_django(dados=pasta)
    return pasta
