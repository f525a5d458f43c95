"""Uma palavra para cada coisa: o que o glossário manda evitar não aparece em nomes do programa."""

from __future__ import annotations

import ast
import re
import unicodedata

import pytest

from tests.contratos import arquivos

GLOSSARIO = arquivos.RAIZ / "CONTEXT.md"


def _celulas(linha: str) -> list[str]:
    return [celula.strip() for celula in linha.strip().strip("|").split("|")]


def _evitar() -> dict[str, str]:
    """Palavra a evitar (ASCII, minúscula) e o nome a usar, das tabelas do glossário com coluna “evitar”."""
    palavras: dict[str, str] = {}
    cabecalho: list[str] = []
    for linha in GLOSSARIO.read_text(encoding="utf-8").splitlines():
        if not linha.startswith("|"):
            cabecalho = []
        elif not cabecalho:
            cabecalho = [celula.lower() for celula in _celulas(linha)]
        elif set(linha) - set("|-: ") and any("evitar" in titulo for titulo in cabecalho):
            coluna = next(numero for numero, titulo in enumerate(cabecalho) if "evitar" in titulo)
            celulas = _celulas(linha)
            for palavra in re.split(r"[,;]", celulas[coluna].replace("`", "")):
                if re.fullmatch(r"\w+", limpa := _ascii(palavra)):
                    palavras[limpa] = celulas[0]
    return palavras


def _ascii(texto: str) -> str:
    sem_acento = unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode()
    return sem_acento.strip().lower()


def _identificadores() -> dict[str, str]:
    """Nome de cada função, classe, argumento, variável e atributo definido, e onde está."""
    nomes: dict[str, str] = {}
    for arquivo in arquivos.com_final(".py"):
        onde = arquivos.relativo(arquivo)
        nomes.setdefault(arquivo.stem, onde)
        for no in ast.walk(arquivos.arvore(arquivo)):
            if isinstance(no, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                nomes.setdefault(no.name, f"{onde}:{no.lineno}")
            elif isinstance(no, ast.arg):
                nomes.setdefault(no.arg, f"{onde}:{no.lineno}")
            elif isinstance(no, ast.Name) and isinstance(no.ctx, ast.Store):
                nomes.setdefault(no.id, f"{onde}:{no.lineno}")
    return nomes


def _palavras(identificador: str) -> set[str]:
    return {p.lower() for p in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", identificador)}


def test_o_glossario_diz_o_que_evitar() -> None:
    assert GLOSSARIO.is_file(), "Falta o CONTEXT.md: termo, significado, norma, nome no código, evitar."
    assert len(_evitar()) >= 5, "A coluna “evitar” do CONTEXT.md precisa de palavras soltas, separadas por vírgula."


def test_nenhum_nome_do_programa_usa_palavra_que_o_glossario_manda_evitar() -> None:
    if not GLOSSARIO.is_file():
        pytest.fail("Falta o CONTEXT.md.")
    evitar = _evitar()
    usadas = [
        f"{onde} {nome}: use “{evitar[palavra]}” em vez de “{palavra}”"
        for nome, onde in _identificadores().items()
        for palavra in _palavras(nome) & evitar.keys()
        if not nome.startswith("test_")
    ]

    assert not usadas, usadas
