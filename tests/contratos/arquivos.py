"""Os arquivos do projeto, sem o que é de terceiros, gerado ou desta máquina."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
FORA = {"vendor", "mutants", "dados", "build", "dist", "node_modules", "htmlcov", "__pycache__"}
ANDARES = ("controle", "financas", "gestao", "vigilancia", "atendimento", "instancias", "cadastros", "nucleo")
Funcao = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def do_projeto() -> tuple[Path, ...]:
    """Caminhos absolutos de todos os arquivos, em ordem. Pastas ocultas ficam de fora, salvo `.ci`."""
    achados = []
    for pasta, subpastas, nomes in os.walk(RAIZ):
        na_raiz = Path(pasta) == RAIZ
        subpastas[:] = [
            s for s in subpastas if (s not in FORA or (s == "dados" and not na_raiz)) and (s[0] != "." or s == ".ci")
        ]
        achados += [Path(pasta, nome) for nome in nomes]
    return tuple(sorted(achados))


def com_final(*finais: str) -> list[Path]:
    """Arquivos do projeto com um destes finais, como `.py`."""
    return [arquivo for arquivo in do_projeto() if arquivo.name.endswith(finais)]


def relativo(arquivo: Path) -> str:
    return arquivo.relative_to(RAIZ).as_posix()


def e_de_teste(arquivo: Path) -> bool:
    return "tests" in arquivo.relative_to(RAIZ).parts


@cache
def arvore(arquivo: Path) -> ast.Module:
    return ast.parse(arquivo.read_text(encoding="utf-8"), filename=str(arquivo))


def funcoes(arquivo: Path) -> Iterator[Funcao]:
    """Todas as funções e métodos de um arquivo Python."""
    return (no for no in ast.walk(arvore(arquivo)) if isinstance(no, Funcao))


def modulos() -> list[Path]:
    """As pastas dos módulos da plataforma: suas/<andar>/<modulo>."""
    return sorted(
        pasta
        for andar in ANDARES
        for pasta in (RAIZ / "suas" / andar).glob("*")
        if pasta.is_dir() and (pasta / "__init__.py").exists() and pasta.name != "tests"
    )


def da_anatomia(*camadas: str) -> list[Path]:
    """Arquivos Python das camadas pedidas (`views`, `acoes` ...) de todos os módulos: o arquivo ou a pasta do nome."""
    achados = []
    for modulo in modulos():
        for camada in camadas:
            achados += [modulo / f"{camada}.py", *(modulo / camada).rglob("*.py")]
    return sorted(arquivo for arquivo in achados if arquivo.is_file() and not e_de_teste(arquivo))
