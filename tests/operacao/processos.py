"""O que os testes de operação usam para executar o programa de verdade, como outro processo, e contar o que sobra."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]


def ambiente(**mudancas: str | None) -> dict[str, str]:
    """O ambiente sem os ajustes de quem testa; `None` retira a variável."""
    base = {n: v for n, v in os.environ.items() if not n.startswith(("REDESUAS_", "PYTEST_", "DATABASE_URL"))}
    return {nome: valor for nome, valor in (base | mudancas).items() if valor is not None}


def redesuas(*argumentos: str, **mudancas: str | None) -> subprocess.CompletedProcess[str]:
    """Executa um comando até o fim, sem terminal, e devolve saída, erro e código."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "suas.config.comandos", *argumentos],
        env=ambiente(**mudancas),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def porta_livre() -> int:
    with socket.socket() as tomada:
        tomada.bind(("127.0.0.1", 0))
        return int(tomada.getsockname()[1])


def esperar(condicao: Callable[[], bool], *, ate: float = 20.0) -> bool:
    """Espera a condição valer, por até `ate` segundos; devolve se valeu."""
    limite = time.monotonic() + ate
    while time.monotonic() < limite:
        if condicao():
            return True
        time.sleep(0.05)
    return condicao()


def vivo(pid: int) -> bool:
    """O processo ainda executa? Um encerrado que ninguém recolheu não conta."""
    try:
        estado = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return estado != "Z"


def descendentes(pid: int) -> list[int]:
    """Os processos que nasceram de `pid`, direta ou indiretamente."""
    filhos: dict[int, list[int]] = {}
    for pasta in Path("/proc").iterdir():
        if pasta.name.isdigit():
            try:
                campos = (pasta / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            filhos.setdefault(int(campos[1]), []).append(int(pasta.name))
    achados, fila = [], [pid]
    while fila:
        novos = filhos.get(fila.pop(), [])
        achados += novos
        fila += novos
    return achados


def memoria_em_mb(pids: list[int]) -> float:
    """Memória residente somada, em MB."""
    paginas = 0
    for pid in pids:
        try:
            paginas += int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
        except FileNotFoundError:
            continue
    return paginas * os.sysconf("SC_PAGE_SIZE") / 1e6


def processador_em_s(pids: list[int]) -> float:
    """Tempo de processador dos processos e dos filhos que eles já recolheram, em segundos."""
    tiques = 0
    for pid in pids:
        try:
            campos = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        tiques += sum(int(campo) for campo in campos[11:15])
    return tiques / os.sysconf("SC_CLK_TCK")
