"""Ler uma planilha CSV como as pessoas a salvam: vírgula ou ponto e vírgula, UTF-8 ou Latin-1, zeros mantidos."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

TAMANHO_MAXIMO_MB = 5
LINHAS_MAXIMAS = 20_000


class PlanilhaIlegivel(Exception):
    """O arquivo não pôde ser lido como tabela; a mensagem diz o que fazer."""


@dataclass(frozen=True, kw_only=True)
class Linha:
    """Uma linha de dados: o número no arquivo (o cabeçalho é a 1) e os textos por coluna, sem espaços nas pontas."""

    numero: int
    celulas: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Planilha:
    colunas: tuple[str, ...]
    linhas: tuple[Linha, ...]


def ler_csv(conteudo: bytes) -> Planilha:
    """Lê o arquivo inteiro. Recusa vazio, grande demais, sem cabeçalho, coluna repetida ou linha de outro tamanho."""
    if len(conteudo) > TAMANHO_MAXIMO_MB * 1024 * 1024:
        raise PlanilhaIlegivel(f"O arquivo passa de {TAMANHO_MAXIMO_MB} MB. Divida-o em partes menores.")
    texto = _decodificar(conteudo)
    primeira = texto.split("\n", 1)[0]
    separador = ";" if primeira.count(";") > primeira.count(",") else ","
    leitor = csv.reader(io.StringIO(texto, newline=""), delimiter=separador, strict=True)
    try:
        return _montar((leitor.line_num, celulas) for celulas in leitor)
    except csv.Error as erro:
        raise PlanilhaIlegivel(
            f"A linha {leitor.line_num} tem aspas abertas ou um texto longo demais. Salve a planilha de novo como CSV."
        ) from erro


def _decodificar(conteudo: bytes) -> str:
    if b"\x00" in conteudo:
        raise PlanilhaIlegivel("O arquivo não é um CSV. Abra a planilha e escolha “Salvar como CSV”.")
    try:
        return conteudo.decode("utf-8-sig")
    except UnicodeDecodeError:
        return conteudo.decode("latin-1")


def _montar(numeradas: Iterator[tuple[int, list[str]]]) -> Planilha:
    """Monta a tabela de pares (última linha do arquivo lida, células)."""
    fim, cabecalho = next(numeradas, (0, []))
    if not any(nome.strip() for nome in cabecalho):
        raise PlanilhaIlegivel("A planilha está vazia: a primeira linha precisa ter os nomes das colunas.")
    colunas = tuple(nome.strip().lower() for nome in cabecalho)
    repetidas = sorted({nome for nome in colunas if colunas.count(nome) > 1})
    if repetidas:
        raise PlanilhaIlegivel(f"Há colunas com o mesmo nome: {', '.join(repetidas)}. Deixe uma de cada.")
    linhas: list[Linha] = []
    for ultima, celulas in numeradas:
        numero, fim = fim + 1, ultima
        if not any(celula.strip() for celula in celulas):
            continue
        if len(celulas) != len(colunas):
            raise PlanilhaIlegivel(
                f"A linha {numero} tem {len(celulas)} células e o cabeçalho tem {len(colunas)}. "
                "Confira se há um separador a mais ou a menos."
            )
        if len(linhas) == LINHAS_MAXIMAS:
            raise PlanilhaIlegivel(f"A planilha passa de {LINHAS_MAXIMAS} linhas. Divida-a em partes menores.")
        linhas.append(Linha(numero=numero, celulas={c: v.strip() for c, v in zip(colunas, celulas, strict=True)}))
    return Planilha(colunas=colunas, linhas=tuple(linhas))
