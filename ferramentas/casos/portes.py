"""Refaz docs/casos/porte-2004.md e porte-2022.md dos dados reais, pelo comando `redesuas porte`.

python ferramentas/casos/portes.py [--saida PASTA]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import fontes

OFICIAL = {
    "Pequeno Porte I": "Pequeno I", "Pequeno Porte II": "Pequeno II", "Médio Porte": "Médio",
    "Grande Porte": "Grande", "Metrópole": "Metrópole",
}  # fmt: skip
LIMITES = (20_000, 50_000, 100_000, 900_000)
COLUNAS = ("codigo_ibge", "uf", "populacao")


def tabela(habitantes: dict[str, int], trabalho: Path) -> str:
    """A tabela de portes, escrita por `redesuas porte`."""
    ufs = {codigo: linha["uf"] for codigo, linha in fontes.por_codigo("municipios.csv").items()}
    entrada = trabalho / "populacao.csv"
    fontes.gravar_csv(entrada, COLUNAS, [(codigo, ufs[codigo], total) for codigo, total in sorted(habitantes.items())])
    return fontes.redesuas("porte", "--populacao", str(entrada)).rstrip()


def vizinhos_dos_limites(habitantes: dict[str, int]) -> list[tuple[int, int, int]]:
    """Para cada limite: o limite, a maior população até ele e a menor acima dele."""
    valores = sorted(habitantes.values())
    return [
        (limite, max(v for v in valores if v <= limite), min(v for v in valores if v > limite)) for limite in LIMITES
    ]


def caso_de_2004(destino: Path, trabalho: Path) -> None:
    """A tabela da NOB/SUAS 2005 ao lado da calculada."""
    habitantes = fontes.populacoes("est_2004")
    norma = [
        (linha["porte"], int(linha["nob_municipios"]), int(linha["nob_populacao"]))
        for linha in fontes.ler("populacao/nob2005_porte_2004.csv")
    ]
    fontes.escrever(
        "porte-2004.md.jinja", destino / "porte-2004.md",
        tabela=tabela(habitantes, trabalho), norma=norma, limites=vizinhos_dos_limites(habitantes),
    )  # fmt: skip


def caso_de_2022(destino: Path, trabalho: Path) -> None:
    """O porte oficial do Censo SUAS 2023 ao lado do calculado."""
    oficiais = fontes.ler("suas/conselho_municipal_idconselho_2023.csv")
    habitantes = {linha["codigo_ibge7"]: int(linha["populacao_2022"]) for linha in oficiais}
    contagem = dict.fromkeys(OFICIAL.values(), 0)
    for linha in oficiais:
        contagem[OFICIAL[linha["porte_suas"]]] += 1
    nomes = fontes.por_codigo("municipios.csv")
    no_limite = [
        (nomes[linha["codigo_ibge7"]]["nome"], nomes[linha["codigo_ibge7"]]["uf"], total, OFICIAL[linha["porte_suas"]])
        for linha in oficiais
        if (total := habitantes[linha["codigo_ibge7"]]) in LIMITES
    ]
    fontes.escrever(
        "porte-2022.md.jinja", destino / "porte-2022.md",
        tabela=tabela(habitantes, trabalho), oficial=list(contagem.items()), no_limite=no_limite,
        limites=vizinhos_dos_limites(habitantes),
    )  # fmt: skip


def main() -> None:
    analisador = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    analisador.add_argument("--saida", type=Path, default=fontes.DESTINO, help="pasta dos textos; padrão docs/casos")
    destino = analisador.parse_args().saida
    with tempfile.TemporaryDirectory() as trabalho:
        caso_de_2004(destino, Path(trabalho))
        caso_de_2022(destino, Path(trabalho))
    print(f"Escritos porte-2004.md e porte-2022.md em {destino}")


if __name__ == "__main__":
    main()
