"""Mortes ao acaso no caminho do mês, muitas mais do que cabem nos testes, e no PostgreSQL também de conexões.

    .venv/bin/python -m benchmarks.mortes_do_mes
    DATABASE_URL=postgres://.../banco_vazio .venv/bin/python -m benchmarks.mortes_do_mes

REDESUAS_MORTES diz quantas (400); REDESUAS_SEMENTE repete o sorteio. Sai com 1 se algo se perdeu ou contou duas vezes.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import base, medida

MORTES = os.environ.get("REDESUAS_MORTES", "400")


def main() -> int:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    semente = os.environ.get("REDESUAS_SEMENTE") or str(secrets.randbelow(10**9))
    with tempfile.TemporaryDirectory(prefix="redesuas-medidas-") as pasta:
        ambiente = os.environ | {"REDESUAS_DADOS": pasta, "REDESUAS_CHAVE": "so-para-a-medida-de-mortes"}
        migrar = "import sys; from suas.config.comandos import main; sys.exit(main(['migrar']))"
        subprocess.run([sys.executable, "-c", migrar], cwd=base.RAIZ, env=ambiente, check=True)
        programa = [sys.executable, "-m", "suas.vigilancia.remessas.tests.mortes", "--semente", semente]
        with Path(pasta, "saida.json").open("w") as saida:
            feito = subprocess.run(
                [*programa, "--mortes", MORTES], cwd=base.RAIZ, env=ambiente, stdout=saida, check=False
            )
        resultado = json.loads(Path(pasta, "saida.json").read_text(encoding="utf-8"))
    mortes = ", ".join(f"{quantas} de {quem}" for quem, quantas in sorted(resultado["mortes"].items()))
    placar = medida.Placar(f"Mortes ao acaso no caminho do mês ({resultado['banco']}, semente {semente})")
    placar.contar(f"{mortes}, em {resultado['segundos']:.0f} s")
    placar.contar(f"{resultado['confirmados']} atos confirmados, {resultado['envios']} envios")
    placar.contar(f"{resultado['remessas']} remessas feitas")
    placar.exigir("nada enviado se perdeu nem contou duas vezes", feito.returncode == 0)
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
