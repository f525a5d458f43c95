"""Refaz docs/casos/partilha-nacional-2004: monta a entrada, chama `redesuas partilha` e conta o resultado.

    python ferramentas/casos/partilha_nacional.py [--saida PASTA] [--entrada ARQUIVO.csv]

Com --entrada, guarda também o CSV que foi partilhado.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import entrada_nacional
import fontes

from normas.territorio.federacao import UF_POR_SIGLA, Regiao
from suas.cadastros.territorio import mapa

RECURSO, PBF, EXERCICIO = "50000000.00", "1.80", "2006"
OPCOES = ("--recurso", RECURSO, "--pbf", PBF, "--exercicio", EXERCICIO, "--excluir-incompletos")
PORTES = ("Pequeno I", "Pequeno II", "Médio", "Grande", "Metrópole")
SITUACOES = {
    "contemplado": "Contemplado",
    "nao_alcancado": "Não alcançado",
    "minimo_ja_atendido": "Mínimo já atendido",
    "nao_classificado": "Não classificado",
}
# Do escuro ao claro, para valer também em preto e branco: palavra no texto, cor e trama no desenho.
CORES = {
    "contemplado": ("azul-escuro", "#12355f", ""),
    "nao_alcancado": ("areia", "#f0e2c0", ""),
    "minimo_ja_atendido": ("azul-claro", "#7ba6d8", ""),
    "nao_classificado": ("cinza com riscos", "#e6e6e6", "riscos"),
}
VALORES = ("passo2", "recebido", "cedido", "pago", "saldo")


@dataclass(frozen=True, kw_only=True)
class Partilha:
    """Os três arquivos que o comando escreveu, lidos."""

    municipios: list[dict[str, str]]
    grupos: list[dict[str, str]]
    memoria: dict[str, Any]


def partilhar(entrada: Path, saida: Path, *mais: str) -> Partilha:
    """Executa o comando e lê o que ele escreveu."""
    fontes.redesuas("partilha", "--entrada", str(entrada), "--saida", str(saida), *OPCOES, *mais)
    return Partilha(
        municipios=_ler(saida / "municipios.csv"),
        grupos=_ler(saida / "grupos.csv"),
        memoria=json.loads((saida / "memoria.json").read_text("utf-8")),
    )


def _ler(arquivo: Path) -> list[dict[str, str]]:
    with arquivo.open(encoding="utf-8", newline="") as aberto:
        return list(csv.DictReader(aberto))


def centavos(reais: str) -> int:
    """ "1234.56" em centavos."""
    return int(Decimal(reais) * 100)


def linha(rotulo: str, municipios: list[dict[str, str]], grupos: list[dict[str, str]]) -> dict[str, Any]:
    """Contagens e somas de um recorte: um porte, uma UF, uma região ou o país."""
    situacoes = Counter(municipio["situacao"] for municipio in municipios)
    return {
        "rotulo": rotulo,
        "municipios": len(municipios),
        **{situacao: situacoes[situacao] for situacao in SITUACOES},
        **{valor: sum(centavos(grupo[valor]) for grupo in grupos) for valor in VALORES},
    }


def por(partilha: Partilha, chave: str, valores: tuple[str, ...]) -> list[dict[str, Any]]:
    """Uma linha por valor da coluna `chave` (uf ou porte)."""
    return [
        linha(
            valor,
            [m for m in partilha.municipios if m[chave] == valor],
            [g for g in partilha.grupos if g[chave] == valor],
        )
        for valor in valores
    ]


def por_regiao(partilha: Partilha) -> list[dict[str, Any]]:
    """Uma linha por grande região."""
    return [
        linha(
            regiao.value,
            [m for m in partilha.municipios if UF_POR_SIGLA[m["uf"]].regiao is regiao],
            [g for g in partilha.grupos if UF_POR_SIGLA[g["uf"]].regiao is regiao],
        )
        for regiao in Regiao
    ]


def transferencias(memoria: dict[str, Any]) -> dict[int, dict[str, int]]:
    """Quantas vezes, em quantos estados e quanto passou de um porte a outro por cada regra de sobra."""
    resultado = {}
    for regra in (1, 2):
        eventos = [
            (uf, sum(valor for _, valor in evento["de"]))
            for uf, do_estado in memoria["distribuicao"].items()
            for evento in do_estado
            if evento.get("regra") == regra
        ]
        resultado[regra] = {
            "vezes": len(eventos),
            "estados": len({uf for uf, _ in eventos}),
            "centavos": sum(valor for _, valor in eventos),
        }
    return resultado


def escala_da_receita(memoria: dict[str, Any], nomes: dict[str, str]) -> dict[str, Any]:
    """O que o maior valor de receita faz à escala de Pequeno I: quem é, e onde fica o município do meio."""
    receitas = sorted(
        (Decimal(m["entrada"]["rcl_per_capita"]), m["codigo_ibge"], m["uf"], representativo(m, "rcl_per_capita"))
        for m in memoria["municipios"]
        if m["porte"] == "Pequeno I" and m["situacao"] != "nao_classificado"
    )
    (segundo, _, _, representativo_do_segundo), (maior, codigo, uf, _) = receitas[-2:]
    return {
        "nome": f"{nomes[codigo]}/{uf}",
        "maior": int(maior * 100),
        "segundo": int(segundo * 100),
        "representativo_do_segundo": decimal(representativo_do_segundo),
        "mediana": int(median(receita for receita, *_ in receitas) * 100),
        "mediana_representativa": decimal(median(r for *_, r in receitas)),
    }


def representativo(municipio: dict[str, Any], indicador: str) -> Fraction:
    """O valor representativo exato de um indicador na memória."""
    return Fraction(municipio["indicadores"][indicador]["representativo"])


def decimal(valor: Fraction) -> str:
    """Três casas, com vírgula."""
    return f"{Decimal(valor.numerator) / Decimal(valor.denominator):.3f}".replace(".", ",")


def menores_indices(partilha: Partilha, nomes: dict[str, str]) -> list[dict[str, str]]:
    """O município de menor índice de cada porte."""
    menores = []
    for porte in PORTES:
        do_porte = [m for m in partilha.municipios if m["porte"] == porte and m["indice"]]
        menor = min(do_porte, key=lambda m: (Decimal(m["indice"]), m["codigo_ibge"]))
        menores.append({**menor, "nome": nomes[menor["codigo_ibge"]], "valor": centavos(menor["valor_partilhado"])})
    return menores


def mudam(uma: Partilha, outra: Partilha) -> dict[str, int]:
    """Quantos só são contemplados numa das duas, e quanto dinheiro está em outro município na segunda."""
    de, para = (
        {m["codigo_ibge"]: centavos(m["valor_partilhado"]) for m in partilha.municipios} for partilha in (uma, outra)
    )
    return {
        "perdem": sum(1 for codigo in de if de[codigo] > para[codigo]),
        "ganham": sum(1 for codigo in de if de[codigo] < para[codigo]),
        "centavos": sum(max(0, para[codigo] - de[codigo]) for codigo in de),
    }


def desenhar(partilha: Partilha) -> bytes:
    """O mapa da situação de cada município, com a legenda dentro."""
    ordem = list(SITUACOES)
    desenho = mapa.Mapa(
        titulo="Situação de cada município na partilha nacional com a população de 2004",
        classes=tuple(
            mapa.Classe(rotulo=SITUACOES[situacao], cor=CORES[situacao][1], trama=CORES[situacao][2])
            for situacao in ordem
        ),
        classe_de={m["codigo_ibge"]: ordem.index(m["situacao"]) for m in partilha.municipios},
        so_estes=frozenset(m["codigo_ibge"] for m in partilha.municipios),
    )
    x, y, _, altura = mapa.contornos().caixa
    partes = []
    for i, item in enumerate(desenho.legenda()):
        topo = y + altura - 900 + 220 * i
        partes.append(
            f'<g transform="translate({x} {topo}) scale(9)">{item.amostra}</g>'
            f'<text x="{x + 290}" y="{topo + 120}" font-size="140" font-family="sans-serif" fill="#222">'
            f"{item.classe.rotulo}: {fontes.numero(item.municipios)}</text>"
        )
    return mapa.desenhar_brasil(desenho).replace(b"</svg>", "".join(partes).encode() + b"</svg>")


def conferir_por_fora(memoria: Path) -> None:
    """Refaz tudo com `ferramentas/recalcular.py`; se algo difere, o roteiro para."""
    comando = [sys.executable, str(fontes.RAIZ / "ferramentas/recalcular.py"), str(memoria)]
    feito = subprocess.run(comando, capture_output=True, text=True, check=False)
    if feito.returncode:
        sys.exit(f"recalcular.py não confere:\n{feito.stdout}{feito.stderr}")


def contar(*, principal: Partilha, outras: dict[str, Partilha], entrada: entrada_nacional.Entrada) -> dict[str, Any]:
    """Tudo o que o texto diz, por nome."""
    ufs = por(principal, "uf", tuple(sorted(UF_POR_SIGLA)))
    vulneraveis: Counter[str] = Counter()
    for municipio in principal.memoria["municipios"]:
        if municipio["situacao"] != "nao_classificado":
            vulneraveis[municipio["uf"]] += municipio["entrada"]["populacao_vulneravel"]
    pais = linha("Brasil", principal.municipios, principal.grupos)
    metropoles = [
        {**m, "nome": entrada.nomes[m["codigo_ibge"]], "valor": centavos(m["valor_partilhado"])}
        for m in principal.municipios
        if m["porte"] == "Metrópole"
    ]
    sem_parte = [
        {**m, "nome": entrada.nomes[m["codigo_ibge"]]}
        for m in principal.municipios
        if m["situacao"] == "nao_classificado" and m["porte"] in PORTES[3:]
    ]
    return {
        "entrada": entrada,
        "pais": pais,
        "na_fila": pais["contemplado"] + pais["nao_alcancado"],
        "portes": por(principal, "porte", PORTES),
        "passo1": principal.memoria["passo_1"]["valores"],
        "ufs": ufs,
        "regioes": por_regiao(principal),
        "vulneraveis": vulneraveis,
        "metropoles": metropoles,
        "grandes_sem_dado": sem_parte,
        "maiores_saldos": sorted(ufs, key=lambda uf: -uf["saldo"])[:3],
        "sem_pagamento": [uf["rotulo"] for uf in ufs if uf["pago"] == 0],
        "transferencias": transferencias(principal.memoria),
        "receita": escala_da_receita(principal.memoria, entrada.nomes),
        "menores": menores_indices(principal, entrada.nomes),
        "palavras": SITUACOES,
        "situacoes": [(chave, rotulo, CORES[chave][0]) for chave, rotulo in SITUACOES.items()],
        "mudam": {nome: mudam(principal, outra) for nome, outra in outras.items()},
        "contemplados": {
            nome: sum(1 for m in outra.municipios if m["situacao"] == "contemplado") for nome, outra in outras.items()
        },
    }


def main() -> None:
    analisador = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    analisador.add_argument("--saida", type=Path, default=fontes.DESTINO, help="pasta do caso; padrão docs/casos")
    analisador.add_argument("--entrada", type=Path, help="onde guardar o CSV partilhado")
    pedido = analisador.parse_args()
    entrada = entrada_nacional.montar(pobreza="pmpob")
    with tempfile.TemporaryDirectory() as nome:
        trabalho = Path(nome)
        csv_principal = pedido.entrada or trabalho / "entrada.csv"
        fontes.gravar_csv(csv_principal, entrada_nacional.COLUNAS, entrada.linhas)
        csv_mais_largo = trabalho / "meio-salario.csv"
        fontes.gravar_csv(csv_mais_largo, entrada_nacional.COLUNAS, entrada_nacional.montar(pobreza="ppob").linhas)
        principal = partilhar(csv_principal, trabalho / "principal")
        outras = {
            "meio_salario": partilhar(csv_mais_largo, trabalho / "meio-salario"),
            "populacao": partilhar(csv_principal, trabalho / "populacao", "--criterio-porte", "populacao"),
            "uf_porte": partilhar(csv_principal, trabalho / "uf-porte", "--normalizacao", "uf_porte"),
        }
        conferir_por_fora(trabalho / "principal" / "memoria.json")
        resumo_da_entrada = hashlib.sha256(csv_principal.read_bytes()).hexdigest()
    fontes.escrever(
        "partilha-nacional-2004.md.jinja",
        pedido.saida / "partilha-nacional-2004.md",
        sha256=resumo_da_entrada,
        **contar(principal=principal, outras=outras, entrada=entrada),
    )
    (pedido.saida / "partilha-nacional-2004.svg").write_bytes(desenhar(principal))
    print(f"Escritos partilha-nacional-2004.md e .svg em {pedido.saida}")


if __name__ == "__main__":
    main()
