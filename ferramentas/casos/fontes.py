"""Leitura dos dados reais usados nos casos, e escrita dos textos em docs/casos.

Os dados não acompanham o projeto: ficam em `../shared/data`, ou na pasta que REDESUAS_SHARED indicar, mais `data`.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

AQUI = Path(__file__).resolve().parent
RAIZ = AQUI.parents[1]
DESTINO = RAIZ / "docs/casos"
DADOS = Path(os.environ.get("REDESUAS_SHARED", RAIZ.parent / "shared")) / "data"


def ler(nome: str) -> list[dict[str, str]]:
    """Lê um CSV dos dados reais, uma linha por dicionário; sem os dados, o roteiro para e diz onde os procurou."""
    if not DADOS.is_dir():
        sys.exit(f"Faltam os dados reais em {DADOS}. Diga onde está a pasta que os contém em REDESUAS_SHARED.")
    with (DADOS / nome).open(encoding="utf-8", newline="") as arquivo:
        return list(csv.DictReader(arquivo))


def por_codigo(nome: str) -> dict[str, dict[str, str]]:
    """O mesmo, pelo código de 7 algarismos do município."""
    return {linha["codigo_ibge7"]: linha for linha in ler(nome)}


def populacoes(coluna: str) -> dict[str, int]:
    """Habitantes por município na coluna pedida; quem não existia fica de fora."""
    linhas = ler("populacao/populacao_municipal.csv")
    return {linha["codigo_ibge7"]: int(linha[coluna]) for linha in linhas if linha[coluna]}


def gravar_csv(destino: Path, colunas: tuple[str, ...], linhas: list[tuple[object, ...]]) -> None:
    """Escreve um CSV em UTF-8, com vírgula e ponto decimal, como a linha de comando pede."""
    with destino.open("w", encoding="utf-8", newline="") as arquivo:
        escritor = csv.writer(arquivo, lineterminator="\n")
        escritor.writerow(colunas)
        escritor.writerows(linhas)


def redesuas(*argumentos: str) -> str:
    """Executa `redesuas ARGUMENTOS` e devolve o que ele escreve; a recusa dele interrompe o roteiro."""
    comando = [sys.executable, "-m", "suas.config.comandos", *argumentos]
    feito = subprocess.run(comando, cwd=RAIZ, capture_output=True, text=True, check=False)
    if feito.returncode:
        sys.exit(f"redesuas {argumentos[0]} saiu com {feito.returncode}:\n{feito.stderr[:2000]}")
    return feito.stdout


def escrever(modelo: str, destino: Path, **valores: Any) -> None:
    """Preenche um modelo desta pasta e o grava."""
    ambiente = Environment(
        loader=FileSystemLoader(AQUI), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
    ambiente.filters["numero"] = numero
    ambiente.filters["reais"] = reais
    ambiente.filters["porcento"] = porcento
    destino.parent.mkdir(parents=True, exist_ok=True)
    destino.write_text(ambiente.get_template(modelo).render(**valores), encoding="utf-8")


def numero(valor: int) -> str:
    """5564 é "5.564"."""
    return f"{valor:,}".replace(",", ".")


def reais(centavos: int) -> str:
    """Centavos em reais: 123456 é "1.234,56"."""
    inteiro, fracao = divmod(centavos, 100)
    return f"{numero(inteiro)},{fracao:02d}"


def porcento(parte: int, todo: int, casas: int = 1) -> str:
    """Parte do todo em por cento, com vírgula; a metade exata sobe."""
    escala = 10**casas
    milesimos = (2 * 100 * escala * parte + todo) // (2 * todo)
    return f"{milesimos // escala},{milesimos % escala:0{casas}d}" if casas else str(milesimos)
