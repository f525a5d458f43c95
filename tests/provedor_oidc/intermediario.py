"""Quem fica entre a plataforma e o provedor verdadeiro: passa tudo adiante, ou altera o que o ataque pede.

O emissor que o provedor declara é o endereço deste intermediário, e por isso toda conversa passa por aqui.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

RAIZ = Path(__file__).resolve().parents[2]


class Intermediario:
    """`altera_ida` muda o corpo que vai ao provedor; `altera_volta`, o JSON que ele devolve. Os dois veem o caminho."""

    def __init__(self) -> None:
        self.altera_ida: Callable[[str, dict[str, str]], dict[str, str]] | None = None
        self.altera_volta: Callable[[str, dict[str, Any]], dict[str, Any]] | None = None
        self.pedidos: list[str] = []
        self.chave = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.porta_do_provedor = 0
        self._servidor = ThreadingHTTPServer(("127.0.0.1", 0), self._atendente())
        self.endereco = f"http://127.0.0.1:{self._servidor.server_port}"
        self.emissor = f"{self.endereco}/o"
        threading.Thread(target=self._servidor.serve_forever, daemon=True).start()

    def sossegar(self) -> None:
        """Volta a só passar adiante."""
        self.altera_ida = self.altera_volta = None
        self.pedidos.clear()

    def pem(self) -> str:
        return self.chave.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode("ascii")

    def encerrar(self) -> None:
        self._servidor.shutdown()
        self._servidor.server_close()

    def _atendente(intermediario) -> type[BaseHTTPRequestHandler]:  # o `self` de dentro é o atendente
        class Atendente(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._passar("GET", b"")

            def do_POST(self) -> None:
                self._passar("POST", self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def _passar(self, metodo: str, corpo: bytes) -> None:
                caminho = self.path.split("?")[0]
                intermediario.pedidos.append(f"{metodo} {caminho}")
                if intermediario.altera_ida and metodo == "POST":
                    campos = dict(parse_qsl(corpo.decode(), keep_blank_values=True))
                    corpo = urlencode(intermediario.altera_ida(caminho, campos)).encode()
                cabecalhos = {
                    n: v for n, v in self.headers.items() if n.lower() not in {"content-length", "connection"}
                }
                resposta = requests.request(
                    metodo,
                    f"http://127.0.0.1:{intermediario.porta_do_provedor}{self.path}",
                    data=corpo or None,
                    headers=cabecalhos,
                    allow_redirects=False,
                    timeout=20,
                )
                saida = resposta.content
                if intermediario.altera_volta and "json" in resposta.headers.get("Content-Type", ""):
                    saida = json.dumps(intermediario.altera_volta(caminho, resposta.json())).encode()
                self.send_response(resposta.status_code)
                for nome in ("Content-Type", "Location", "Set-Cookie"):
                    for valor in resposta.raw.headers.getlist(nome):
                        self.send_header(nome, valor)
                self.send_header("Content-Length", str(len(saida)))
                self.end_headers()
                self.wfile.write(saida)

            def log_message(self, *args: object) -> None: ...

        return Atendente


@contextmanager
def provedor_no_ar(pasta: Path, *, contas: dict[str, str], enderecos: list[str]) -> Iterator[Intermediario]:
    """Põe no ar o provedor, atrás do intermediário, com estas contas (CPF e nível) e estes endereços da plataforma."""
    intermediario = Intermediario()
    (pasta / "chave.pem").write_text(intermediario.pem(), encoding="ascii")
    pedido = {
        "contas": contas,
        "voltas": [f"{endereco}/entrar/provedor/volta/" for endereco in enderecos],
        "saidas": [f"{endereco}/" for endereco in enderecos],
    }
    ambiente = os.environ | {"PROVEDOR_PASTA": str(pasta), "PROVEDOR_EMISSOR": intermediario.emissor}
    ambiente.pop("DJANGO_SETTINGS_MODULE", None)
    processo = subprocess.Popen(
        [sys.executable, "-m", "tests.provedor_oidc.servir", json.dumps(pedido)],
        cwd=RAIZ,
        env=ambiente,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert processo.stdout is not None
        intermediario.porta_do_provedor = int(processo.stdout.readline())
        yield intermediario
    finally:
        processo.kill()
        processo.wait()
        intermediario.encerrar()
