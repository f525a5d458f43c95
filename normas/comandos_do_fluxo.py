"""O comando `redesuas fluxo mostrar CODIGO [--json]`: os passos de um processo, na ordem da norma.

Sai com 0 quando mostra e 2 quando o pedido não se entende, em palavras, na saída de erros.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from normas.habilitacao.fluxo import CODIGOS, Fluxo, Passo, fluxo
from normas.linha_de_comando import FEITO, PEDIDOS_DE_AJUDA, USO_ERRADO, Comando, OpcaoDoComando, executar

MOSTRAR = Comando(
    nome="fluxo mostrar CODIGO",
    descricao="Mostra os passos de um processo da NOB/SUAS 2005: quem age, em que ordem e em que prazo.",
    opcoes=(OpcaoDoComando(nome="json", valor="", ajuda="Escreve um objeto JSON em vez do texto."),),
)


def comando_fluxo(argv: Sequence[str]) -> int:
    """Mostra um processo e devolve o código de saída."""
    ato, codigo, *resto = [*argv, "", ""][: max(len(argv), 2)]
    if PEDIDOS_DE_AJUDA & {ato, codigo}:
        print(_ajuda())
        return FEITO
    if ato != "mostrar" or codigo not in CODIGOS:
        escrito = codigo if ato == "mostrar" else ato
        print(f"Não há processo “{escrito}”." if escrito else "Falta dizer que processo mostrar.", file=sys.stderr)
        print(_ajuda(), file=sys.stderr)
        return USO_ERRADO
    return executar(MOSTRAR, resto, lambda lidas: _mostrar(fluxo(codigo), lidas))


def _ajuda() -> str:
    linhas = ["Uso: redesuas fluxo mostrar CODIGO [--json]", "", "CODIGO é um destes:"]
    linhas += [f"  {codigo:<24}{fluxo(codigo).titulo} ({fluxo(codigo).fundamento.dispositivo})" for codigo in CODIGOS]
    return "\n".join(linhas)


def _mostrar(processo: Fluxo, lidas: Mapping[str, str]) -> int:
    print(json.dumps(em_json(processo), ensure_ascii=False, indent=2) if "json" in lidas else _em_texto(processo))
    return FEITO


def em_json(processo: Fluxo) -> dict[str, Any]:
    """O processo como objeto; `passos` tem um por alínea da norma, e `desvios` o que o projeto leu."""
    return {
        "fluxo": processo.codigo,
        "titulo": processo.titulo,
        "fundamento": str(processo.fundamento),
        "vigencia": {
            "desde": str(processo.vigencia.desde),
            "ate": str(processo.vigencia.ate) if processo.vigencia.ate else None,
        },
        "comeca": processo.comeca,
        "termina": list(processo.finais),
        "etapas": dict(processo.etapas),
        "passos": [_passo(passo) for passo in processo.passos],
        "desvios": [_passo(passo) for passo in processo.desvios],
    }


def _passo(passo: Passo) -> dict[str, Any]:
    return {
        "alinea": passo.alinea,
        "ato": passo.ato,
        "texto": passo.texto,
        "quem": str(passo.quem),
        "quem_nome": passo.quem.nome,
        "de": passo.de,
        "para": passo.para,
        "prazo_dias": passo.prazo.dias if passo.prazo else None,
        "prazo_desde": passo.prazo.desde if passo.prazo else None,
        "fundamento": str(passo.fundamento),
    }


def _em_texto(processo: Fluxo) -> str:
    linhas = [processo.titulo, f"{processo.fundamento} ({processo.vigencia})", ""]
    linhas += [_linha(passo) for passo in processo.passos]
    linhas += ["", "Desvios (leitura do projeto):"]
    linhas += [f"{_linha(passo)} → {processo.etapas[passo.para]}" for passo in processo.desvios]
    return "\n".join(linhas)


def _linha(passo: Passo) -> str:
    prazo = f" [até {passo.prazo.dias} dias do protocolo]" if passo.prazo else ""
    return f"{passo.alinea:>4})  {passo.quem.nome}: {passo.texto}{prazo}"
