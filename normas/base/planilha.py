"""Lê um CSV e aponta cada falta pela linha do arquivo e pelo nome da coluna."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader

BOM_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Falha:
    """Um valor que não serve: onde está, o que está escrito e o que fazer."""

    linha: int
    coluna: str
    valor: str
    mensagem: str

    def __str__(self) -> str:
        """Escreve como a pessoa lê no terminal, no relatório e na tela: sempre em uma linha só."""
        return _em_uma_linha(f"linha {self.linha}, coluna {self.coluna}: {self.mensagem}")


@dataclass(frozen=True, slots=True)
class Linha:
    """Uma linha de dados: o número no arquivo (o cabeçalho é a 1) e o texto de cada coluna.

    `com_falta` são as colunas cuja falta de forma já foi apontada.
    """

    numero: int
    celulas: dict[str, str]
    com_falta: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planilha:
    """O que se leu: colunas na ordem do arquivo, linhas, colunas que ninguém usa, faltas de forma."""

    colunas: tuple[str, ...]
    linhas: tuple[Linha, ...]
    sem_uso: tuple[str, ...]
    falhas: tuple[Falha, ...]


def ler_planilha(*, dados: bytes, obrigatorias: Sequence[str], opcionais: Collection[str] = ()) -> Planilha:
    """Lê CSV em UTF-8, com vírgula e cabeçalho na primeira linha; aceita BOM e CRLF.

    As faltas de forma (coluna ausente ou repetida, linha curta, byte que não é UTF-8) vêm em
    `falhas`; linha em branco é pulada.
    """
    if dados.startswith(BOM_UTF16):
        return _ilegivel(1, obrigatorias[0], "O arquivo está em UTF-16. Salve como CSV em UTF-8.")
    # Um byte que não é UTF-8 vira um substituto, para que a falta apareça na sua célula.
    texto = dados.decode("utf-8-sig", errors="surrogateescape")
    leitor = csv.reader(io.StringIO(texto, newline=""), strict=True)
    try:
        cabecalho = next(leitor, [])
    except csv.Error as erro:
        return _ilegivel(1, obrigatorias[0], _comprido(erro) or "As aspas do cabeçalho não fecham.")
    colunas = tuple(nome.strip() for nome in cabecalho)
    falhas = _faltas_do_cabecalho(colunas, obrigatorias)
    if falhas:
        return Planilha(colunas=colunas, linhas=(), sem_uso=(), falhas=tuple(falhas))
    linhas = _ler_linhas(leitor, colunas, falhas)
    if not linhas and not falhas:
        falhas.append(Falha(linha=2, coluna=colunas[0], valor="", mensagem="O arquivo só tem o cabeçalho."))
    conhecidas = {*obrigatorias, *opcionais}
    return Planilha(
        colunas=colunas,
        linhas=tuple(linhas),
        sem_uso=tuple(nome for nome in colunas if nome not in conhecidas),
        falhas=tuple(falhas),
    )


def _ilegivel(linha: int, coluna: str, mensagem: str) -> Planilha:
    falha = Falha(linha=linha, coluna=coluna, valor="", mensagem=mensagem)
    return Planilha(colunas=(), linhas=(), sem_uso=(), falhas=(falha,))


def _faltas_do_cabecalho(colunas: tuple[str, ...], obrigatorias: Sequence[str]) -> list[Falha]:
    if not any(colunas):
        mensagem = f"A primeira linha está vazia. O cabeçalho tem: {', '.join(obrigatorias)}."
        return [Falha(linha=1, coluna=obrigatorias[0], valor="", mensagem=mensagem)]
    falhas = []
    dica = ""
    if len(colunas) == 1 and ";" in colunas[0]:
        dica = " O arquivo usa ponto e vírgula: salve com vírgula."
    for nome in obrigatorias:
        if nome not in colunas:
            mensagem = f"A coluna não está no cabeçalho.{dica}"
            falhas.append(Falha(linha=1, coluna=nome, valor="", mensagem=mensagem))
    for posicao, nome in enumerate(colunas):
        if nome and nome in colunas[:posicao]:
            mensagem = "A coluna aparece duas vezes no cabeçalho. Deixe uma só."
            falhas.append(Falha(linha=1, coluna=_legivel(nome), valor="", mensagem=mensagem))
        if _tem_substituto(nome):
            falhas.append(_fora_de_utf8(1, nome, nome))
    return falhas


def _ler_linhas(leitor: Reader, colunas: tuple[str, ...], falhas: list[Falha]) -> list[Linha]:
    linhas: list[Linha] = []
    while True:
        numero = leitor.line_num + 1
        try:
            campos = next(leitor, None)
        except csv.Error as erro:
            aspas = "As aspas não fecham ou estão no meio do valor. Corrija as aspas desta linha."
            mensagem = _comprido(erro) or aspas
            falhas.append(Falha(linha=numero, coluna=colunas[0], valor="", mensagem=mensagem))
            return linhas
        if campos is None:
            return linhas
        if not campos:
            continue
        faltas = _faltas_da_linha(numero, campos, colunas)
        falhas.extend(faltas)
        com_falta = frozenset(falta.coluna for falta in faltas)
        linhas.append(Linha(numero, dict(zip(colunas, campos, strict=False)), com_falta))


def _faltas_da_linha(numero: int, campos: list[str], colunas: tuple[str, ...]) -> list[Falha]:
    faltas = [
        _fora_de_utf8(numero, nome, campo)
        for nome, campo in zip(colunas, campos, strict=False)
        if _tem_substituto(campo)
    ]
    conta = f"a linha tem {len(campos)} valores e o cabeçalho tem {len(colunas)} colunas. Confira as vírgulas."
    faltas += [
        Falha(linha=numero, coluna=nome, valor="", mensagem=f"Falta o valor: {conta}")
        for nome in colunas[len(campos) :]
    ]
    faltas += [
        Falha(
            linha=numero,
            coluna=str(posicao),
            valor=_legivel(valor),
            mensagem=f"“{_legivel(valor)}” sobra: {conta}",
        )
        for posicao, valor in enumerate(campos[len(colunas) :], start=len(colunas) + 1)
    ]
    return faltas


def _comprido(erro: csv.Error) -> str:
    """A frase de quem passou do tamanho de uma célula, ou vazio se a falta é outra."""
    if "field larger" not in str(erro):
        return ""
    return f"Há um valor com mais de {csv.field_size_limit()} letras. Confira as aspas e as vírgulas desta linha."


def _em_uma_linha(texto: str) -> str:
    """O texto com as quebras e os sinais que não se imprimem trocados por como se escrevem: \\n, \\x00."""
    return "".join(letra if letra.isprintable() else ascii(letra)[1:-1] for letra in texto)


def _tem_substituto(texto: str) -> bool:
    return not texto.isascii() and any("\ud800" <= letra <= "\udfff" for letra in texto)


def _legivel(texto: str) -> str:
    return texto.encode("utf-8", errors="replace").decode("utf-8")


def _fora_de_utf8(linha: int, coluna: str, valor: str) -> Falha:
    legivel = _legivel(valor)
    return Falha(
        linha=linha,
        coluna=_legivel(coluna),
        valor=legivel,
        mensagem=f"“{legivel}” não está em UTF-8. Salve o arquivo como CSV em UTF-8.",
    )
