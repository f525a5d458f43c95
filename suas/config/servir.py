"""`redesuas servir`: as páginas, as tarefas e as rotinas de uma instalação, em primeiro plano."""

from __future__ import annotations

import errno
import os
import socket
import sys

from suas.config.argumentos import Analisador, inteiro_positivo, opcoes, porta
from suas.config.supervisor import Processo, Supervisor, diga, executar_etapa

LINHAS_DE_ATENDIMENTO = 4
#: Como se pede a `suas.config.fundo` que confira o banco antes de começar, e a saída com que ele o recusa.
CONFERIR_O_BANCO, RECUSA_DO_BANCO = "--conferir-o-banco", 3


def acrescentar_opcoes(analisador: Analisador) -> None:
    """As opções comuns a `servir` e `subir`."""
    analisador.add_argument("--porta", type=porta, default=8000, help="porta do servidor (padrão: 8000)")
    analisador.add_argument(
        "--endereco", default="127.0.0.1", help="endereço em que atende (padrão: 127.0.0.1, só esta máquina)"
    )
    analisador.aceitar_pasta()


def recusa_da_porta(*, endereco: str, porta: int, comando: str) -> str | None:
    """Diz em palavras por que não se pode atender ali; nada, quando se pode."""
    familia = socket.AF_INET6 if ":" in endereco else socket.AF_INET
    with socket.socket(familia, socket.SOCK_STREAM) as tomada:
        tomada.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tomada.bind((endereco, porta))
        except OSError as erro:
            if erro.errno == errno.EADDRINUSE:
                outra = porta + 1 if porta < 65535 else 8001
                return (
                    f"A porta {porta} de {endereco} já está em uso por outro programa. "
                    f"Encerre-o ou escolha outra: ./redesuas {comando} --porta {outra}"
                )
            if erro.errno == errno.EACCES:
                return (
                    f"O sistema não permite a esta conta atender na porta {porta}. "
                    f"Use uma acima de 1023: ./redesuas {comando} --porta 8000"
                )
            return f"Não é possível atender em {endereco}, porta {porta}: confira o endereço ({erro.strerror or erro})."
    return None


def processo_das_paginas(*, endereco: str, porta: int, quantos: int) -> Processo:
    """O servidor HTTP."""
    comando = [sys.executable, "-P", "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "error"]
    comando += ["--host", endereco, "--port", str(porta), "--workers", str(quantos)]
    comando += ["--blocking-threads", str(LINHAS_DE_ATENDIMENTO), "--workers-kill-timeout", "5"]
    return Processo(nome="páginas", comando=[*comando, "suas.config.wsgi:application"])


def processo_de_fundo(*, confere_o_banco: bool = False) -> Processo:
    """As tarefas da fila e as rotinas, juntas num processo só; `confere_o_banco` antes, e recusa o que não serve."""
    return Processo(
        nome="tarefas e rotinas",
        comando=[sys.executable, "-P", "-m", "suas.config.fundo"],
        so_no_comeco=(CONFERIR_O_BANCO,) if confere_o_banco else (),
        recusa=RECUSA_DO_BANCO,
    )


def main(argv: list[str]) -> int:
    analisador = Analisador(
        comando="servir",
        descricao="Serve a instalação em primeiro plano, com as tarefas e as rotinas. Ctrl-C encerra tudo.",
    )
    acrescentar_opcoes(analisador)
    analisador.add_argument(
        "--so-paginas",
        action="store_true",
        help="não executa tarefas nem rotinas: elas correm em `trabalhador` e `relogio`",
    )
    analisador.add_argument(
        "--processos", type=inteiro_positivo, default=1, help="quantos processos de páginas (padrão: 1)"
    )
    pedido = opcoes(analisador, argv)
    if recusa := recusa_da_porta(endereco=pedido.endereco, porta=pedido.porta, comando="servir"):
        print(f"redesuas: {recusa}", file=sys.stderr)
        return 1
    if pedido.dados:
        os.environ["REDESUAS_DADOS"] = str(pedido.dados.resolve())
    paginas = processo_das_paginas(endereco=pedido.endereco, porta=pedido.porta, quantos=pedido.processos)
    processos = [paginas]
    if not pedido.so_paginas:
        # confere o banco quem monta o Django ao lado das páginas: elas não esperam por mais uma montagem
        processos.append(processo_de_fundo(confere_o_banco=True))
    elif codigo := executar_etapa([sys.executable, "-P", "-m", "suas.config.gerenciar"]):
        return codigo
    diga(f"Servindo em {endereco_http(pedido.endereco, pedido.porta)}. Ctrl-C encerra.")
    return Supervisor(processos).executar()


def endereco_http(endereco: str, porta: int) -> str:
    """O endereço que se escreve no navegador."""
    maquina = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(endereco, f"[{endereco}]" if ":" in endereco else endereco)  # noqa: S104
    return f"http://{maquina}:{porta}/"
