"""`redesuas cobertura --uf ES`: o mínimo de CRAS da norma, o que há e o que falta, município a município."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.utils import timezone

from normas.territorio.federacao import SIGLAS, UF_POR_SIGLA
from suas.config.argumentos import USO_ERRADO, Analisador, opcoes
from suas.config.gerenciar import preparar_django, recusa_do_banco

RECUSADO = 1
COLUNAS = ("municipio", "porte", "minimo", "capacidade", "existentes", "lacuna")


def main(argv: list[str]) -> int:
    """Imprime a cobertura da UF. Saídas: 0 feito; 1 banco recusado; 2 uso errado."""
    analisador = Analisador(
        comando="cobertura",
        descricao="Diz, de cada município da UF, o mínimo de CRAS da norma, a capacidade, os existentes e a falta.",
    )
    analisador.add_argument("--uf", required=True, metavar="SIGLA", help="sigla da UF, como ES")
    analisador.add_argument("--json", action="store_true", help="em JSON, para outros programas")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    sigla = pedido.uf.strip().upper()
    if sigla not in UF_POR_SIGLA:
        print(f"redesuas: “{pedido.uf}” não é sigla de UF. As siglas são {', '.join(SIGLAS)}.", file=sys.stderr)
        return USO_ERRADO
    preparar_django(dados=pedido.dados)
    if recusa := recusa_do_banco():
        print(f"redesuas: {recusa}", file=sys.stderr)
        return RECUSADO
    dados = {"uf": sigla, **_da_uf(UF_POR_SIGLA[sigla].codigo)}
    print(json.dumps(dados, ensure_ascii=False, indent=2) if pedido.json else _em_texto(dados))
    return 0


def _da_uf(codigo: str) -> dict[str, Any]:
    from suas.cadastros.cobertura import api, consultas

    calculada = consultas.cobertura(codigo, hoje=timezone.localdate())
    totais = calculada.totais
    soma = {nome: getattr(totais, nome) for nome in ("minimo", "capacidade", "existentes", "lacuna")}
    return {**api.em_dados(calculada), "total": soma, "municipios_sem_registro": totais.sem_registro}


def _em_texto(dados: dict[str, Any]) -> str:
    linhas = [COLUNAS, *(tuple(_texto(m[nome]) for nome in COLUNAS) for m in dados["municipios"])]
    total = dados["total"]
    linhas.append(("Total", "", *(_texto(total[nome]) for nome in COLUNAS[2:])))
    larguras = [max(map(len, coluna)) for coluna in zip(*linhas, strict=True)]
    tabela = [
        "  ".join(
            texto.ljust(largura) if posicao < 2 else texto.rjust(largura)
            for posicao, (texto, largura) in enumerate(zip(linha, larguras, strict=True))
        ).rstrip()
        for linha in linhas
    ]
    if sem_registro := dados["municipios_sem_registro"]:
        tabela.append(
            f"{sem_registro} dos {len(dados['municipios'])} municípios não têm nenhuma unidade no cadastro: a falta "
            "deles não é sabida."
        )
    if dados["simulacao"]:
        tabela.append(f"Simulação: norma não vigente ({dados['norma']}).")
    return "\n".join(tabela)


def _texto(valor: Any) -> str:
    return "—" if valor is None else str(valor)
