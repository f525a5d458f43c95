"""Escrever CSV que planilhas abrem sem executar nada."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

#: Os que começam fórmula, também na escrita larga; tabulação e quebra de linha, que a planilha pula antes de ler.
_PERIGOSOS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def celula_segura(valor: object) -> str:
    """O texto da célula; um texto que a planilha leria como fórmula ganha um apóstrofo, número negativo não."""
    texto = "" if valor is None else str(valor)
    if (texto.startswith(_PERIGOSOS) or texto.lstrip().startswith(_PERIGOSOS)) and not _e_numero(texto):
        return "'" + texto
    return texto


def _e_numero(texto: str) -> bool:
    return texto.removeprefix("-").replace(".", "", 1).replace(",", "", 1).isdigit()


def escrever_csv(cabecalho: Sequence[str], linhas: Iterable[Sequence[object]], *, avisos: Sequence[str] = ()) -> bytes:
    """CSV em UTF-8 com vírgula. `avisos` (dados sintéticos, norma não vigente) vêm numa coluna final, em toda linha."""
    saida = io.StringIO(newline="")
    escritor = csv.writer(saida, lineterminator="\n")
    aviso = "; ".join(avisos)
    escritor.writerow([*cabecalho, *(["aviso"] if aviso else [])])
    for linha in linhas:
        escritor.writerow([*(celula_segura(valor) for valor in linha), *([aviso] if aviso else [])])
    return saida.getvalue().encode("utf-8")
