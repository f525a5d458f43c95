"""Leitura das opções da linha de comando, com ajuda e recusas em português."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any, NoReturn

USO_ERRADO = 2

# O que o argparse diz em inglês, na forma em que o dizemos.
_FALAS = (
    (r"the following arguments are required: (.+)", r"faltou informar: \1"),
    (r"unrecognized arguments: (.+)", r"não conheço: \1"),
    (r"argument (\S+): expected one argument", r"a opção \1 pede um valor"),
    (r"argument (\S+): expected at least one argument", r"a opção \1 pede ao menos um valor"),
    (r"argument (\S+): invalid choice: (.+) \(choose from (.+)\)", r"a opção \1 não aceita \2; aceita: \3"),
    (r"argument (\S+): ignored explicit argument (.+)", r"a opção \1 não recebe valor (veio \2)"),
    (r"argument (\S+): not allowed with argument (\S+)", r"a opção \1 não se usa junto com \2"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 pode ser mais de uma opção: \2"),
    (r"argument (\S+): (.+)", r"opção \1: \2"),
)


def em_portugues(mensagem: str) -> str:
    """Traduz a recusa do argparse; a que não conhece passa como veio."""
    for padrao, fala in _FALAS:
        if re.fullmatch(padrao, mensagem, re.DOTALL):
            return re.sub(padrao, fala, mensagem, flags=re.DOTALL)
    return mensagem


class Recusa(Exception):
    """O que se pediu ao comando não cabe; a mensagem diz por quê e o que fazer."""


class Analisador(argparse.ArgumentParser):
    """`argparse` que fala português. Uso errado sai com código 2 e diz como pedir ajuda."""

    def __init__(self, *, comando: str, descricao: str) -> None:
        super().__init__(
            prog=f"./redesuas {comando}",
            description=descricao,
            add_help=False,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self._positionals.title = "argumentos"
        self._optionals.title = "opções"
        self.add_argument("-h", "--ajuda", "--help", action="help", help="mostra esta ajuda e sai")

    def aceitar_pasta(self) -> None:
        """A opção de todo comando que abre uma instalação: sem ela, REDESUAS_DADOS ou `dados/` do projeto."""
        self.add_argument("--dados", type=Path, help="pasta do banco e dos documentos (padrão: dados/ do projeto)")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "uso: ", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "uso: ", 1)

    def error(self, message: str) -> NoReturn:
        self.exit(USO_ERRADO, f"{self.prog}: {em_portugues(message)}.\nVeja as opções com: {self.prog} --ajuda\n")


def porta(texto: str) -> int:
    """Tipo de opção: uma porta TCP, de 1 a 65535."""
    if not texto.isascii() or not texto.isdigit() or not 1 <= int(texto) <= 65535:
        raise argparse.ArgumentTypeError(f"{texto} não é uma porta; use um número de 1 a 65535, como 8001")
    return int(texto)


def inteiro_positivo(texto: str) -> int:
    """Tipo de opção: um número inteiro a partir de 1."""
    if not texto.isascii() or not texto.isdigit() or int(texto) < 1:
        raise argparse.ArgumentTypeError(f"{texto} não é um número inteiro a partir de 1")
    return int(texto)


def opcoes(analisador: Analisador, argv: list[str]) -> Any:
    """Lê as opções; uso errado encerra o programa com código 2."""
    return analisador.parse_args(argv)
