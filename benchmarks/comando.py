"""Os comandos da lei começam sem carregar a plataforma: menos de 0,3 s, e só algumas vezes um Python vazio."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import medida
from benchmarks.base import RAIZ

LIMITE = 0.300
POPULACAO = "codigo_ibge,uf,populacao\n3205309,ES,365855\n3200102,ES,31091\n"


def main() -> int:
    with tempfile.TemporaryDirectory() as pasta:
        arquivo = Path(pasta, "populacao.csv")
        arquivo.write_text(POPULACAO, encoding="utf-8")

        def porte() -> None:
            executar = "import sys; from suas.config.comandos import main; sys.exit(main(sys.argv[1:]))"
            comando = [sys.executable, "-c", executar, "porte", "--populacao", str(arquivo)]
            subprocess.run(comando, cwd=RAIZ, check=True, stdout=subprocess.DEVNULL)

        def vazio() -> None:
            subprocess.run([sys.executable, "-c", "pass"], cwd=RAIZ, check=True)

        do_porte = medida.tempos(porte, vezes=15, com_filhos=True)
        do_vazio = medida.processador(medida.tempos(vazio, vezes=15, com_filhos=True))
    placar = medida.Placar("Comando `redesuas porte`, do começo ao fim, com dois municípios")
    razao = medida.vezes(medida.processador(do_porte) / do_vazio)
    placar.contar(f"Python vazio: {medida.ms(do_vazio)} de processador; o comando leva {razao} isso")
    placar.conferir_tempos("o comando inteiro", do_porte, limite=LIMITE)
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
