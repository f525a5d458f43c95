"""Ler uma planilha CSV como as pessoas a salvam: vírgula, ponto e vírgula ou tabulação; UTF-8, UTF-16 ou Latin-1."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

TAMANHO_MAXIMO_MB = 5
LINHAS_MAXIMAS = 40_000
ASSINATURA_ZIP = b"PK\x03\x04"
MARCAS_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, kw_only=True)
class Limites:
    """Até quanto se lê de um arquivo. Só o CSV passa de `LINHAS_MAXIMAS`: a pasta do Excel se examina inteira antes."""

    megas: int = TAMANHO_MAXIMO_MB
    linhas: int = LINHAS_MAXIMAS

    @property
    def em_palavras(self) -> str:
        """“até 5 MB e 40.000 linhas”; do CSV à parte, se vai além das outras."""
        linhas, de_sempre = (f"{n:,}".replace(",", ".") for n in (self.linhas, LINHAS_MAXIMAS))
        if self.linhas <= LINHAS_MAXIMAS:
            return f"até {self.megas} MB e {linhas} linhas"
        return f"até {self.megas} MB; em CSV, até {linhas} linhas, e em pasta do Excel ou do LibreOffice, {de_sempre}"


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
    numeradas = _numeradas(conteudo)
    return _montar(numeradas)


def linhas_do_csv(conteudo: bytes, *, megas: int = TAMANHO_MAXIMO_MB) -> Iterator[tuple[int, list[str]]]:
    """As linhas como estão no arquivo: o número em que cada uma começa e as células, sem espaços nas pontas."""
    for numero, celulas in _numeradas(conteudo, megas=megas):
        textos = [celula.strip() for celula in celulas]
        while textos and not textos[-1]:
            textos.pop()
        yield numero, textos


def _numeradas(conteudo: bytes, *, megas: int = TAMANHO_MAXIMO_MB) -> Iterator[tuple[int, list[str]]]:
    """As linhas do CSV, cada uma com o número em que começa no arquivo."""
    if len(conteudo) > megas * 1024 * 1024:
        raise PlanilhaIlegivel(f"O arquivo passa de {megas} MB. Divida-o em partes menores.")
    if conteudo.startswith(b"%PDF-"):
        raise PlanilhaIlegivel("O arquivo é um PDF, e dele não se leem células. Envie a planilha de que ele saiu.")
    texto = _decodificar(conteudo)
    if texto.lstrip().startswith("<"):
        raise PlanilhaIlegivel("O arquivo é uma página da internet, não um CSV. Abra-o na planilha e salve como CSV.")
    # a linha “sep=;” é um recado ao Excel, não um cabeçalho; a numeração das linhas continua a do arquivo
    recado = texto.split("\n", 1)[0].strip().lower().startswith("sep=")
    corpo = texto.partition("\n")[2] if recado else texto
    leitor = csv.reader(io.StringIO(corpo, newline=""), delimiter=_separador(corpo), strict=True)
    fim = int(recado)
    try:
        for celulas in leitor:
            numero, fim = fim + 1, leitor.line_num + recado
            yield numero, celulas
    except csv.Error as erro:
        raise PlanilhaIlegivel(
            f"A linha {leitor.line_num + recado} tem aspas abertas ou um texto longo demais. "
            "Salve a planilha de novo como CSV."
        ) from erro


def de_outro_tamanho(numero: int, quantas: int, esperadas: int) -> PlanilhaIlegivel:
    """A recusa de uma linha com células a mais ou a menos que o cabeçalho."""
    return PlanilhaIlegivel(
        f"A linha {numero} tem {quantas} células e o cabeçalho tem {esperadas}. "
        "Confira se há um separador a mais ou a menos, ou um título em cima do cabeçalho."
    )


def _separador(texto: str) -> str:
    """Entre vírgula, ponto e vírgula e tabulação, o que está em mais linhas do começo; empate, o que mais aparece."""
    linhas = [linha for linha in texto.split("\n", 20)[:20] if linha.strip()]
    primeira = next((linha for linha in linhas if any(separador in linha for separador in ",;\t")), "")
    return max(",;\t", key=lambda s: (sum(s in linha for linha in linhas), primeira.count(s)))


def _decodificar(conteudo: bytes) -> str:
    if conteudo.startswith(ASSINATURA_ZIP):
        raise PlanilhaIlegivel("O arquivo é uma pasta do Excel ou do LibreOffice, não um CSV. Abra-a e salve como CSV.")
    if conteudo.startswith(MARCAS_UTF16):
        return conteudo.decode("utf-16", errors="replace")
    if b"\x00" in conteudo:
        raise PlanilhaIlegivel(
            "O arquivo não é um CSV, nem uma planilha do Excel ou do LibreOffice que se leia. Abra-a e salve como "
            ".xlsx, .ods ou CSV."
        )
    try:
        return conteudo.decode("utf-8-sig")
    except UnicodeDecodeError:
        return conteudo.decode("latin-1")


def _montar(numeradas: Iterator[tuple[int, list[str]]]) -> Planilha:
    """Monta a tabela: a primeira linha é o cabeçalho."""
    _, cabecalho = next(numeradas, (0, []))
    colunas = _colunas(cabecalho)
    linhas: list[Linha] = []
    for numero, celulas in numeradas:
        if not any(celula.strip() for celula in celulas):
            continue
        while len(celulas) > len(colunas) and not celulas[-1].strip():
            celulas.pop()
        if len(celulas) != len(colunas):
            raise de_outro_tamanho(numero, len(celulas), len(colunas))
        if len(linhas) == LINHAS_MAXIMAS:
            quantas = f"{LINHAS_MAXIMAS:,}".replace(",", ".")
            raise PlanilhaIlegivel(f"A planilha passa de {quantas} linhas. Divida-a em partes menores.")
        linhas.append(Linha(numero=numero, celulas={c: v.strip() for c, v in zip(colunas, celulas, strict=True)}))
    return Planilha(colunas=colunas, linhas=tuple(linhas))


def _colunas(cabecalho: list[str]) -> tuple[str, ...]:
    """Os nomes das colunas, sem as vazias que a planilha deixa no fim da linha."""
    nomes = [nome.strip().lower() for nome in cabecalho]
    while nomes and not nomes[-1]:
        nomes.pop()
    if not nomes:
        raise PlanilhaIlegivel("A planilha está vazia: a primeira linha precisa ter os nomes das colunas.")
    if "" in nomes:
        raise PlanilhaIlegivel(
            f"A coluna {nomes.index('') + 1} não tem nome na primeira linha. Dê um nome a ela ou apague a coluna; "
            "se houver um título em cima da tabela, apague a linha dele."
        )
    repetidas = sorted({nome for nome in nomes if nomes.count(nome) > 1})
    if repetidas:
        raise PlanilhaIlegivel(f"Há colunas com o mesmo nome: {', '.join(repetidas)}. Deixe uma de cada.")
    return tuple(nomes)
