"""Lê as opções de um comando e responde em português quando não as entende."""

from __future__ import annotations

import io
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FEITO, USO_ERRADO, DADOS_COM_FALTAS = 0, 2, 3

PEDIDOS_DE_AJUDA = frozenset({"-h", "--help", "--ajuda"})


class UsoErrado(ValueError):
    """O comando foi chamado de um jeito que não se entende; a mensagem diz qual."""


class PediuAjuda(Exception):
    """A pessoa pediu a ajuda do comando."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpcaoDoComando:
    """Uma opção: nome sem os traços, o que esperar como valor ("" é uma chave liga-desliga)."""

    nome: str
    valor: str
    ajuda: str
    obrigatoria: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comando:
    """Nome, para que serve e opções de um comando."""

    nome: str
    descricao: str
    opcoes: tuple[OpcaoDoComando, ...]

    def ler(self, argv: Sequence[str]) -> dict[str, str]:
        """Devolve nome e valor de cada opção dada; a chave ligada vale "sim".

        Erros: `UsoErrado` para opção desconhecida, repetida, sem valor ou obrigatória que falta;
        `PediuAjuda`.
        """
        por_nome = {f"--{opcao.nome}": opcao for opcao in self.opcoes}
        lidas: dict[str, str] = {}
        restantes = list(argv)
        while restantes:
            escrita = restantes.pop(0)
            if escrita in PEDIDOS_DE_AJUDA:
                raise PediuAjuda
            nome, com_igual, valor = escrita.partition("=")
            if nome not in por_nome:
                raise UsoErrado(f"“{escrita}” não é uma opção deste comando.")
            opcao = por_nome[nome]
            if opcao.nome in lidas:
                raise UsoErrado(f"A opção {nome} foi dada duas vezes. Deixe uma só.")
            if not opcao.valor:
                if com_igual:
                    raise UsoErrado(f"A opção {nome} não leva valor. Escreva só {nome}.")
                lidas[opcao.nome] = "sim"
                continue
            if not com_igual and restantes and restantes[0].partition("=")[0] not in por_nome:
                valor = restantes.pop(0)
            if not valor:
                raise UsoErrado(f"A opção {nome} precisa de um valor: {nome} {opcao.valor}.")
            lidas[opcao.nome] = valor
        faltam = [f"--{o.nome}" for o in self.opcoes if o.obrigatoria and o.nome not in lidas]
        if faltam:
            raise UsoErrado(f"Falta {', '.join(faltam)}.")
        return lidas

    def ajuda(self) -> str:
        """Texto de ajuda: uso e cada opção com sua explicação."""
        uso = " ".join(_uso(opcao) for opcao in self.opcoes)
        linhas = [f"Uso: redesuas {self.nome} {uso}", "", self.descricao, ""]
        for opcao in self.opcoes:
            linhas += [f"  --{opcao.nome} {opcao.valor}".rstrip(), f"      {opcao.ajuda}"]
        return "\n".join(linhas)


def _uso(opcao: OpcaoDoComando) -> str:
    texto = f"--{opcao.nome} {opcao.valor}".rstrip()
    return texto if opcao.obrigatoria else f"[{texto}]"


def executar(comando: Comando, argv: Sequence[str], fazer: Callable[[Mapping[str, str]], int]) -> int:
    """Lê as opções, faz e devolve o código de saída; o pedido que não se entende sai com 2, em palavras."""
    for saida in (sys.stdout, sys.stderr):
        # Num terminal sem acentos, o que ele não escreve sai como código, e o comando segue.
        if isinstance(saida, io.TextIOWrapper):
            saida.reconfigure(errors="backslashreplace")
    try:
        return fazer(comando.ler(argv))
    except PediuAjuda:
        print(comando.ajuda())
        return FEITO
    except UsoErrado as erro:
        print(erro, file=sys.stderr)
        print(f"Para ver as opções: redesuas {comando.nome} --ajuda", file=sys.stderr)
        return USO_ERRADO


def ler_arquivo(caminho: Path, *, formato: str) -> bytes:
    """Lê o arquivo inteiro. Erros: `UsoErrado`, que diz o que houve e que formato se esperava."""
    try:
        return caminho.read_bytes()
    except FileNotFoundError as erro:
        raise UsoErrado(f"O arquivo “{caminho}” não existe. Confira o caminho.") from erro
    except IsADirectoryError as erro:
        raise UsoErrado(f"“{caminho}” é uma pasta. Informe um arquivo {formato}.") from erro
    except OSError as erro:
        raise UsoErrado(f"Não foi possível ler “{caminho}”: {erro.strerror}.") from erro


def sem_acento(texto: str) -> str:
    """O texto em minúsculas e sem acentos, para quem digita num terminal."""
    return unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode().lower()
