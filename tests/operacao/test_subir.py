"""`subir` e `servir` de verdade: do nada à primeira página, de novo sem perder nada, e o fim sem sobras."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from demonstracao.pessoas import ENTRADAS, PRINCIPAIS, SENHA
from tests.operacao.processos import (
    ambiente,
    descendentes,
    esperar,
    memoria_em_mb,
    porta_livre,
    processador_em_s,
    redesuas,
    vivo,
)

# O teto do teste é folgado, porque outro processo de teste disputa os núcleos; o limite de 3 s mede-se com a máquina
# livre, em benchmarks/partida.py.
PRIMEIRA_PAGINA_EM = 3.0
NUCLEOS = 2
MEMORIA_EM_MB = 400


@pytest.fixture(scope="module")
def dados(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("demonstracao") / "dados"


class EmPrimeiroPlano:
    """Um comando que fica no ar, com a saída num arquivo."""

    def __init__(self, pasta: Path, *argumentos: str) -> None:
        self.saida = pasta / f"{argumentos[0]}-{time.monotonic_ns()}.txt"
        self.porta = porta_livre()
        with self.saida.open("wb") as arquivo:
            self.popen = subprocess.Popen(
                [sys.executable, "-P", "-m", "suas.config.comandos", *argumentos, "--porta", str(self.porta)],
                env=ambiente(),
                stdin=subprocess.DEVNULL,
                stdout=arquivo,
                stderr=subprocess.STDOUT,
            )

    def texto(self) -> str:
        return self.saida.read_text(encoding="utf-8")

    def pagina(self, caminho: str = "") -> bytes | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.porta}/{caminho}", timeout=10) as resposta:
                return bytes(resposta.read())
        except OSError:
            return None

    def encerrar(self, sinal: signal.Signals) -> None:
        """Encerra e confere que nenhum processo ficou e que a porta está livre."""
        todos = descendentes(self.popen.pid)
        self.popen.send_signal(sinal)
        assert self.popen.wait(timeout=15) == 0, self.texto()
        assert esperar(lambda: not any(vivo(pid) for pid in todos), ate=5)
        assert self.pagina() is None


@pytest.mark.sqlite
def test_subir_prepara_tudo_serve_e_na_segunda_vez_nao_perde_nada(dados, tmp_path):
    primeira = EmPrimeiroPlano(tmp_path, "subir", "--dados", str(dados))
    try:
        assert esperar(
            lambda: (
                "Pronto em" in primeira.texto() or "com erro" in primeira.texto() or primeira.popen.poll() is not None
            ),
            ate=240,
        )
        saida = primeira.texto()
        assert f"Abra no navegador: http://127.0.0.1:{primeira.porta}/" in saida
        assert [saida.index(f"{n}. ") for n in (1, 2, 3, 4)] == sorted(saida.index(f"{n}. ") for n in (1, 2, 3, 4))
        assert all(entrada.email in saida for entrada in ENTRADAS[:PRINCIPAIS])
        assert f"As outras {len(ENTRADAS) - PRINCIPAIS}, uma por papel, estão em docs/manual/README.md" in saida
        assert SENHA in saida
        assert "unidades inventadas no Espírito Santo" in saida
        assert b"<h1" in (primeira.pagina() or b"")
    finally:
        if primeira.popen.poll() is None:
            primeira.encerrar(signal.SIGINT)

    segunda = EmPrimeiroPlano(tmp_path, "subir", "--dados", str(dados))
    try:
        assert esperar(lambda: "Pronto em" in segunda.texto() or segunda.popen.poll() is not None, ate=120)
        assert "já estava em dia" in segunda.texto()
        assert "valores gravados" not in segunda.texto()
        assert "inventadas" not in segunda.texto()
        assert processador_em_s([segunda.popen.pid, *descendentes(segunda.popen.pid)]) < 15
    finally:
        if segunda.popen.poll() is None:
            segunda.encerrar(signal.SIGTERM)


@pytest.mark.sqlite
def test_servir_comeca_leve_e_cabe_na_memoria(dados, tmp_path):
    if not (dados / "redesuas.sqlite3").exists():
        redesuas("migrar", REDESUAS_DADOS=str(dados))
    servidor = EmPrimeiroPlano(tmp_path, "servir", "--dados", str(dados))
    try:
        assert esperar(lambda: bool(servidor.pagina()), ate=60), servidor.texto()
        todos = [servidor.popen.pid, *descendentes(servidor.popen.pid)]
        processador = processador_em_s(todos)
        for caminho in ("territorio/", "entrar/"):
            assert servidor.pagina(caminho)
        memoria = memoria_em_mb(todos)
    finally:
        servidor.encerrar(signal.SIGTERM)

    # Em tempo de processador, que pouco depende do que mais corre ao lado: o começo usa dois núcleos ao mesmo tempo.
    assert processador < NUCLEOS * PRIMEIRA_PAGINA_EM
    assert memoria < MEMORIA_EM_MB


@pytest.mark.parametrize("comando", ["subir", "servir"])
def test_porta_ocupada_e_dita_com_a_saida(comando, tmp_path):
    with socket.socket() as ocupante:
        ocupante.bind(("127.0.0.1", 0))
        ocupante.listen()
        porta = ocupante.getsockname()[1]

        feito = redesuas(comando, "--porta", str(porta), "--dados", str(tmp_path / "dados"))

    assert feito.returncode == 1
    assert f"A porta {porta} de 127.0.0.1 já está em uso" in feito.stderr
    assert f"./redesuas {comando} --porta {porta + 1}" in feito.stderr
    assert not (tmp_path / "dados").exists()


def test_endereco_que_nao_e_desta_maquina_e_dito_em_palavras(tmp_path):
    feito = redesuas("servir", "--endereco", "203.0.113.7", "--porta", "8123", "--dados", str(tmp_path))

    assert feito.returncode == 1
    assert "Não é possível atender em 203.0.113.7, porta 8123" in feito.stderr


@pytest.mark.sqlite
def test_servir_recusa_banco_vazio_e_diz_o_comando(tmp_path):
    feito = redesuas("servir", "--porta", str(porta_livre()), "--dados", str(tmp_path / "dados"))

    assert feito.returncode == 1
    assert "o banco está vazio. Prepare a instalação com: ./redesuas instalar" in feito.stderr


def test_subir_com_banco_fora_do_ar_diz_o_que_conferir(tmp_path):
    endereco = f"postgres://redesuas@127.0.0.1:{porta_livre()}/nada"

    feito = redesuas("subir", "--porta", str(porta_livre()), "--dados", str(tmp_path), DATABASE_URL=endereco)

    assert feito.returncode == 1
    assert "O banco não respondeu" in feito.stderr
    assert "Traceback" not in feito.stderr
