"""Escrever uma tabela em CSV, XLSX, ODS ou JSON: a mesma coisa em todos, e nenhum texto vira fórmula.

O CSV “do Excel” é o que o Excel brasileiro abre com dois cliques: ponto e vírgula, marca de UTF-8, vírgula decimal.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter

from suas.nucleo.planilhas.escrita import celula_segura, escrever_csv
from suas.nucleo.planilhas.ods import TIPO as TIPO_ODS
from suas.nucleo.planilhas.ods import escrever_ods

Tipo = Literal["texto", "inteiro", "decimal", "dia", "momento", "sim_ou_nao"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Formato → tipo do arquivo, na ordem em que se oferecem.
TIPOS: Mapping[str, str] = {
    "xlsx": XLSX,
    "ods": TIPO_ODS,
    "csv-excel": "text/csv; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
ROTULOS: Mapping[str, str] = {
    "xlsx": "Excel (.xlsx)",
    "ods": "LibreOffice (.ods)",
    "csv-excel": "CSV para o Excel (ponto e vírgula)",
    "csv": "CSV (vírgula)",
    "json": "JSON, para programas",
}
FORMATOS_DE_PLANILHA: Mapping[str, str] = {"xlsx": ROTULOS["xlsx"], "ods": ROTULOS["ods"], "csv": "CSV"}
_LARGURA_MAXIMA = 60


@dataclass(frozen=True, kw_only=True)
class Coluna:
    """Uma coluna que sai: `codigo` é o nome no CSV e no JSON; `nome`, o que se lê no Excel e no LibreOffice."""

    codigo: str
    nome: str
    tipo: Tipo = "texto"


@dataclass(frozen=True, kw_only=True)
class Folha:
    """Uma folha pronta: o nome da aba, as colunas e as linhas, com um valor por coluna."""

    nome: str
    colunas: tuple[Coluna, ...]
    linhas: Iterable[Sequence[Any]]


def extensao(formato: str) -> str:
    """O fim do nome do arquivo."""
    return "csv" if formato == "csv-excel" else formato


def escrever(formato: str, folha: Folha, *, avisos: Sequence[str] = (), outras: Sequence[Folha] = ()) -> bytes:
    """A folha no formato pedido. `avisos` vão em toda linha, na última coluna; `outras`, só em XLSX e ODS."""
    if formato == "json":
        return _em_json(folha, avisos)
    if formato == "csv":
        codigos = [coluna.codigo for coluna in folha.colunas]
        return escrever_csv(codigos, (map(_para_programa, linha) for linha in folha.linhas), avisos=avisos)  # type: ignore[misc]
    if formato == "csv-excel":
        return _em_csv_do_excel(folha, avisos)
    folhas = [(f.nome, [c.nome for c in f.colunas], f.linhas, f.colunas) for f in (folha, *outras)]
    if aviso := "; ".join(avisos):
        nome, cabecalho, linhas, colunas = folhas[0]
        folhas[0] = (nome, [*cabecalho, "aviso"], ([*linha, aviso] for linha in linhas), colunas)
    if formato == "ods":
        return escrever_ods([(n, c, map(_para_planilha, linhas)) for n, c, linhas, _ in folhas])
    if formato == "xlsx":
        return _em_xlsx([(n, c, linhas) for n, c, linhas, _ in folhas])
    raise ValueError(f"“{formato}” não é formato de saída.")


def _para_programa(valor: Any) -> Any:
    """Como outro programa espera: data ISO, verdadeiro e falso por extenso."""
    if isinstance(valor, bool):
        return "sim" if valor else "não"
    return valor.isoformat() if isinstance(valor, date) else valor


def _para_planilha(linha: Sequence[Any]) -> list[Any]:
    """O instante com fuso vira texto: planilha não tem fuso."""
    return [f"{v:%d/%m/%Y %H:%M}" if isinstance(v, datetime) else v for v in linha]


def _em_csv_do_excel(folha: Folha, avisos: Sequence[str]) -> bytes:
    saida = io.StringIO(newline="")
    escritor = csv.writer(saida, delimiter=";", lineterminator="\r\n")
    aviso = "; ".join(avisos)
    final = [celula_segura(aviso)] if aviso else []
    escritor.writerow([*(celula_segura(c.nome) for c in folha.colunas), *(["aviso"] if aviso else [])])
    for linha in folha.linhas:
        escritor.writerow([*(celula_segura(_como_aqui(valor)) for valor in linha), *final])
    return b"\xef\xbb\xbf" + saida.getvalue().encode("utf-8")


def _como_aqui(valor: Any) -> Any:
    if isinstance(valor, bool):
        return "sim" if valor else "não"
    if isinstance(valor, datetime):
        return f"{valor:%d/%m/%Y %H:%M}"
    if isinstance(valor, date):
        return f"{valor:%d/%m/%Y}"
    if isinstance(valor, Decimal):
        return f"{valor:f}".replace(".", ",")
    return str(valor).replace(".", ",") if isinstance(valor, float) else valor


def _em_json(folha: Folha, avisos: Sequence[str]) -> bytes:
    codigos = [coluna.codigo for coluna in folha.colunas]
    documento = {
        "avisos": list(avisos),
        "colunas": [{"codigo": c.codigo, "nome": c.nome, "tipo": c.tipo} for c in folha.colunas],
        "linhas": [dict(zip(codigos, map(_no_json, linha), strict=True)) for linha in folha.linhas],
    }
    return json.dumps(documento, ensure_ascii=False, indent=1).encode()


def _no_json(valor: Any) -> Any:
    if isinstance(valor, date):
        return valor.isoformat()
    if isinstance(valor, Decimal):
        return str(valor)  # o texto guarda todas as casas
    return valor if valor is None or isinstance(valor, bool | int | float | str) else str(valor)


def _em_xlsx(folhas: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    saida = io.BytesIO()
    opcoes = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(saida, opcoes) as pasta:
        forte = pasta.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        dia = pasta.add_format({"num_format": "dd/mm/yyyy"})
        for nome, cabecalho, linhas in folhas:
            folha = pasta.add_worksheet(_nome_de_aba(nome))
            larguras = [len(titulo) for titulo in cabecalho]
            for posicao, titulo in enumerate(cabecalho):
                folha.write_string(0, posicao, titulo, forte)
            for numero, linha in enumerate(linhas, start=1):
                for posicao, valor in enumerate(_para_planilha(linha)):
                    larguras[posicao] = max(larguras[posicao], len(str(valor)))
                    _escrever_celula(folha, numero, posicao, valor, dia)
            folha.freeze_panes(1, 0)
            for posicao, largura in enumerate(larguras):
                folha.set_column(posicao, posicao, min(largura + 2, _LARGURA_MAXIMA))
    return saida.getvalue()


def _nome_de_aba(nome: str) -> str:
    """O Excel não aceita alguns sinais nem mais de 31 letras."""
    return re.sub(r"[\[\]:*?/\\]", " ", nome)[:31].strip("' ") or "Planilha"


def _escrever_celula(folha: Any, numero: int, posicao: int, valor: Any, dia: Any) -> None:
    if valor is None or valor == "":
        return
    if isinstance(valor, bool):
        folha.write_string(numero, posicao, "sim" if valor else "não")
    elif isinstance(valor, int | float | Decimal):
        folha.write_number(numero, posicao, valor)
    elif isinstance(valor, date):
        folha.write_datetime(numero, posicao, datetime(valor.year, valor.month, valor.day), dia)  # noqa: DTZ001
    else:
        folha.write_string(numero, posicao, str(valor)[:32_000])
