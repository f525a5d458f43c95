"""`redesuas razao verificar`: cada lançamento fecha, não há buraco, e nada foi mudado depois de lançado."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from suas.config.argumentos import Analisador, opcoes
from suas.config.gerenciar import preparar_django, recusa_do_banco

if TYPE_CHECKING:
    from suas.financas.razao.verificacao import Verificacao

RECUSADO = 1
COM_FALTAS = 3


def main(argv: list[str]) -> int:
    """Saídas: 0 inteiro (também vazio); 1 o banco não serve; 2 uso errado; 3 algo não combina, dizendo onde."""
    analisador = Analisador(comando="razao", descricao="Confere o razão: equilíbrio, numeração e corrente.")
    analisador.add_argument("o_que", metavar="ATO", choices=["verificar"], help="verificar")
    analisador.add_argument("--json", action="store_true", help="em JSON, para outro programa")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    preparar_django(dados=pedido.dados)
    if recusa := recusa_do_banco():
        print(f"redesuas: {recusa}", file=sys.stderr)
        return RECUSADO
    return _verificar(pedido)


def _verificar(pedido: argparse.Namespace) -> int:
    from suas.financas.razao.verificacao import verificar

    resultado = verificar()
    print(_em_json(resultado) if pedido.json else _em_texto(resultado))
    return 0 if resultado.inteiro else COM_FALTAS


def _em_json(resultado: Verificacao) -> str:
    dados = {
        "inteiro": resultado.inteiro,
        "livros": resultado.livros,
        "lancamentos": resultado.lancamentos,
        "centavos": resultado.centavos,
        "total_de_faltas": resultado.total_de_faltas,
        "faltas": [{"onde": falta.onde, "mensagem": falta.mensagem} for falta in resultado.faltas],
    }
    return json.dumps(dados, ensure_ascii=False, indent=1)


def _em_texto(resultado: Verificacao) -> str:
    from normas.base.centavos import em_reais

    linhas = ["O razão está inteiro." if resultado.inteiro else "O razão NÃO combina:"]
    linhas += [f"  {falta.onde}: {falta.mensagem}." for falta in resultado.faltas]
    if (restam := resultado.total_de_faltas - len(resultado.faltas)) > 0:
        linhas.append(f"  e mais {restam}.")
    linhas.append(
        f"Livros: {resultado.livros}. Lançamentos: {resultado.lancamentos}, de {em_reais(resultado.centavos)} ao todo."
    )
    return "\n".join(linhas)
