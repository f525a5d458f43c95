"""Entradas de partilha inventadas ao acaso, iguais a cada execução: servem para confrontar dois programas."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass

from normas.partilha.opcoes import (
    CriterioPorte,
    Direcao,
    IndicadorComplementar,
    Normalizacao,
    Opcoes,
    instancias,
)
from normas.territorio.federacao import UF_POR_SIGLA
from normas.territorio.porte import Porte

FAIXAS = ((1, 20_000), (20_001, 50_000), (50_001, 100_000), (100_001, 900_000), (900_001, 12_000_000))


@dataclass(frozen=True)
class Caso:
    """Uma planilha de entrada, em bytes, e as opções com que se partilha."""

    planilha: bytes
    opcoes: Opcoes


def inventar(semente: int) -> Caso:
    """Um caso: poucos ou muitos municípios, portes que faltam, dinheiro de menos ou de mais, todas as opções."""
    sorte = random.Random(semente)
    transicao, excluir = sorte.random() < 0.3, sorte.random() < 0.4
    ufs = sorte.sample(sorted(UF_POR_SIGLA), sorte.choice([1, 2, 3, 5, 27]))
    faixas = sorte.sample(FAIXAS, sorte.choice([1, 2, 3, 4, 5]))
    quantos = sorte.choice([1, 2, 5, 20, 60, 120])
    codigos = {f"{UF_POR_SIGLA[sorte.choice(ufs)].codigo}{sorte.randrange(100_000):05d}" for _ in range(quantos)}
    linhas = [_linha(sorte, codigo, faixas, transicao=transicao) for codigo in sorted(codigos)]
    for linha in linhas:
        if excluir and sorte.random() < 0.1:
            linha[sorte.choice(["rcl_per_capita", "familias_pobres" if transicao else "indicador_complementar"])] = ""
    sorte.shuffle(linhas)
    escolhidos = {
        chave: IndicadorComplementar(direcao=sorte.choice(list(Direcao)))
        for porte in Porte
        for chave in instancias(porte)
        if sorte.random() < 0.6
    }
    opcoes = Opcoes(
        recurso_centavos=sorte.choice([1, 100, sorte.randint(1, 10**9), sorte.randint(10**7, 10**10), 10**12]),
        pbf_centavos=sorte.choice([1, 7, 180, 240]),
        exercicio=sorte.choice([2006, 2026]),
        criterio_porte=sorte.choice(list(CriterioPorte)),
        normalizacao=sorte.choice(list(Normalizacao)),
        transicao_2005=transicao,
        excluir_incompletos=excluir,
        complementares={} if transicao else escolhidos,
    )
    return Caso(planilha=_csv(linhas), opcoes=opcoes)


def _linha(sorte: random.Random, codigo: str, faixas: list[tuple[int, int]], *, transicao: bool) -> dict[str, str]:
    uf = next(u.sigla for u in UF_POR_SIGLA.values() if u.codigo == codigo[:2])
    menor, maior = sorte.choice(faixas)
    populacao = sorte.choice([menor, maior, sorte.randint(menor, maior)])
    familias = sorte.randint(1, 100_000)
    proprios = {
        True: {"familias": str(familias), "familias_pobres": str(sorte.choice([0, familias, familias // 3]))},
        False: {
            "populacao_vulneravel": str(sorte.choice([0, populacao, sorte.randint(0, populacao)])),
            "indicador_complementar": sorte.choice(["", "-"]) + _decimal(sorte),
        },
    }[transicao]
    return {
        "codigo_ibge": codigo,
        "uf": uf,
        "populacao": str(populacao),
        **proprios,
        "rcl_per_capita": _decimal(sorte),
        "fnas_psb_per_capita": _decimal(sorte),
        "nivel_gestao": sorte.choice(["df", "nao_habilitado"] if uf == "DF" else ["inicial", "basica", "plena"]),
        "adesao_suas": sorte.choice(["sim", "sim", "sim", "nao"]),
        "cras_cofinanciados": str(sorte.choice([0, 0, 1, 2, 8])),
    }


def _decimal(sorte: random.Random) -> str:
    return sorte.choice(["0", "1.50", f"{sorte.uniform(0, 2000):.2f}", f"{sorte.uniform(0, 1):.6f}"])


def _csv(linhas: list[dict[str, str]]) -> bytes:
    saida = io.StringIO(newline="")
    escritor = csv.DictWriter(saida, fieldnames=list(linhas[0]), lineterminator="\n")
    escritor.writeheader()
    escritor.writerows(linhas)
    return saida.getvalue().encode()
