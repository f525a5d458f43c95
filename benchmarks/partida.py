"""Da partida do servidor à primeira página em menos de 3 s, e o servidor inteiro em menos de 400 MB."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks import base, medida

LIMITE_DA_PARTIDA = 3.0
LIMITE_DE_MEMORIA = 400.0
PAGINAS = ("", "territorio/", "territorio/uf/MG/", "territorio/municipio/3205309/", "indicadores/", "partilhas/")
ABRIDOR = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def porta_livre() -> int:
    with socket.socket() as tomada:
        tomada.bind(("127.0.0.1", 0))
        return int(tomada.getsockname()[1])


def familia(pid: int) -> list[int]:
    """O processo e todos os que nasceram dele."""
    filhos = []
    for tarefa in Path(f"/proc/{pid}/task").glob("*/children"):
        filhos += [int(numero) for numero in tarefa.read_text(encoding="ascii").split()]
    return [pid, *(neto for filho in filhos for neto in familia(filho))]


def memoria_mb(pid: int) -> tuple[float, float]:
    """Memória residente somada e memória proporcional (páginas comuns contadas uma vez) da família, em MB."""
    residente = proporcional = 0
    for membro in familia(pid):
        for linha in Path(f"/proc/{membro}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if linha.startswith("Rss:"):
                residente += int(linha.split()[1])
            elif linha.startswith("Pss:"):
                proporcional += int(linha.split()[1])
    return residente / 1024, proporcional / 1024


def processador(pid: int) -> float:
    """Tempo de processador até agora de quem leva à primeira página, em segundos, com os filhos que já terminaram.

    As tarefas e rotinas sobem ao lado, em outro núcleo, e a primeira página não espera por elas: ficam de fora.
    """
    batidas = os.sysconf("SC_CLK_TCK")
    soma = 0
    for membro in familia(pid):
        if b"suas.config.fundo" in Path(f"/proc/{membro}/cmdline").read_bytes():
            continue
        campos = Path(f"/proc/{membro}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        soma += sum(int(campo) for campo in campos[11:15])
    return soma / batidas


def esperar(endereco: str, limite: float) -> None:
    fim = time.monotonic() + limite
    while time.monotonic() < fim:
        try:
            with ABRIDOR.open(endereco, timeout=30) as resposta:
                resposta.read()
                return
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(f"{endereco} não respondeu em {limite:.0f} s")


def partir(pasta: Path) -> tuple[medida.Tempo, float, float]:
    """Uma partida: o tempo até a primeira página, e a memória depois de visitar as páginas, em MB."""
    porta = porta_livre()
    comando = "import sys; from suas.config.comandos import main; sys.exit(main(sys.argv[1:]))"
    comeco = time.monotonic()
    servidor = subprocess.Popen(
        [sys.executable, "-c", comando, "servir", "--porta", str(porta), "--dados", str(pasta)],
        cwd=base.RAIZ,
        env=os.environ,
        stdout=subprocess.DEVNULL,
    )
    try:
        endereco = f"http://127.0.0.1:{porta}/"
        esperar(endereco, 60)
        primeira = medida.Tempo(time.monotonic() - comeco, processador(servidor.pid))
        for pagina in PAGINAS * 3:
            esperar(endereco + pagina, 60)
        residente, proporcional = memoria_mb(servidor.pid)
    finally:
        servidor.send_signal(signal.SIGINT)
        servidor.wait(timeout=30)
    return primeira, residente, proporcional


def main() -> int:
    pasta = base.preparar_dados()
    partidas = [partir(pasta) for _ in range(5)]
    placar = medida.Placar("Partida do servidor (páginas, tarefas e rotinas)")
    residente, proporcional = (medida.mediana([p[coluna] for p in partidas]) for coluna in (1, 2))
    placar.conferir_tempos("do comando à primeira página", [p[0] for p in partidas], limite=LIMITE_DA_PARTIDA)
    placar.contar(f"memória com as páginas comuns contadas uma vez: {proporcional:.0f} MB")
    placar.conferir(
        "memória residente somada dos processos",
        medido=residente,
        limite=LIMITE_DE_MEMORIA,
        escrever=lambda mb: f"{mb:.0f} MB",
    )
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
