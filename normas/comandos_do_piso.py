"""O comando `redesuas piso calcular PBF CS=54000.00 FR=2500 MA=12`: o valor mensal, exato e em reais.

Sai com 0 quando calcula, 2 quando o pedido não se entende e 3 quando com o piso ou as letras não há o que calcular.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from normas.base.centavos import em_decimal, em_reais
from normas.base.numeros import fracao_exata
from normas.linha_de_comando import (
    DADOS_COM_FALTAS,
    FEITO,
    PEDIDOS_DE_AJUDA,
    USO_ERRADO,
    Comando,
    OpcaoDoComando,
    UsoErrado,
    executar,
)
from normas.partilha.regras import AVISO_DE_SIMULACAO
from normas.pisos.calculo import LetraRecusada, ValorDoPiso, calcular
from normas.pisos.piso import PisoDesconhecido, PisoNaoAplicavel, formula_em, piso, pisos

CALCULAR = Comando(
    nome="piso calcular PISO LETRA=VALOR ...",
    descricao="Calcula o valor mensal de um piso da NOB/SUAS 2005 (item 5.5, II), por família, pessoa ou vaga.",
    opcoes=(
        OpcaoDoComando(nome="em", valor="AAAA-MM-DD", ajuda="O dia da regra; sem ele, a mais nova que se conhece."),
        OpcaoDoComando(nome="json", valor="", ajuda="Escreve um objeto JSON em vez do texto."),
    ),
)


def comando_piso(argv: Sequence[str]) -> int:
    """Calcula um piso e devolve o código de saída do processo."""
    if PEDIDOS_DE_AJUDA & set(argv):
        print(_ajuda())
        return FEITO
    ato, *resto = [*argv, ""][: max(len(argv), 1)]
    # “PAC I” pode vir em duas palavras.
    palavras = list(takewhile(lambda escrito: "=" not in escrito and not escrito.startswith("--"), resto))
    nome, resto = " ".join(palavras), resto[len(palavras) :]
    if ato != "calcular" or not nome:
        print(
            f"Não há o que fazer com “{ato}”." if ato != "calcular" and ato else "Falta dizer o piso.", file=sys.stderr
        )
        print(_ajuda(), file=sys.stderr)
        return USO_ERRADO
    pares = [escrito for escrito in resto if "=" in escrito and not escrito.startswith("--")]
    opcoes = [escrito for escrito in resto if escrito not in pares]
    return executar(CALCULAR, opcoes, lambda lidas: _calcular(nome, pares, lidas))


def _ajuda() -> str:
    linhas = ["Uso: redesuas piso calcular PISO LETRA=VALOR ... [--em AAAA-MM-DD] [--json]", "", "PISO é um destes:"]
    for cada in pisos():
        formula = cada.formulas[-1]
        linhas.append(f"  {cada.codigo:<6}{cada.nome} = {formula}, por {cada.por} e mês")
        linhas += [f"          {letra.letra:<8}{letra.nome}" for letra in formula.letras]
    return "\n".join([*linhas, "", "Exemplo: redesuas piso calcular PBF CS=54000.00 FR=2500 MA=12"])


def _calcular(nome: str, pares: Sequence[str], lidas: Mapping[str, str]) -> int:
    try:
        escolhido = piso(nome)
        # Sem o dia, vale a regra mais nova que se conhece.
        em = _dia(lidas["em"]) if "em" in lidas else escolhido.formulas[-1].vigencia.desde
        formula_em(escolhido, em=em)
        valor = calcular(piso=escolhido, letras=_letras(pares), em=em)
    except (PisoDesconhecido, PisoNaoAplicavel, LetraRecusada) as recusa:
        print(recusa.args[0], file=sys.stderr)
        return DADOS_COM_FALTAS
    print(json.dumps(_em_json(valor), ensure_ascii=False, indent=2) if "json" in lidas else _em_texto(valor))
    return FEITO


def _letras(pares: Sequence[str]) -> dict[str, str]:
    letras: dict[str, str] = {}
    for par in pares:
        nome, _, valor = par.partition("=")
        if nome in letras:
            raise LetraRecusada(f"{nome} foi escrita duas vezes. Deixe uma só.")
        letras[nome] = valor
    return letras


def _dia(escrito: str) -> date:
    try:
        return date.fromisoformat(escrito)
    except ValueError as erro:
        raise UsoErrado(f"--em: “{escrito}” não é um dia. Escreva como 2006-01-31.") from erro


def _em_json(valor: ValorDoPiso) -> dict[str, Any]:
    return {
        "piso": valor.piso.codigo,
        "nome": valor.piso.nome,
        "formula": f"{valor.piso.codigo} = {valor.formula}",
        "entrada": dict(valor.entrada),
        "por": valor.piso.por,
        "fracao": fracao_exata(valor.reais),
        "reais": em_decimal(valor.centavos),
        "centavos": valor.centavos,
        "fundamento": str(valor.formula.fundamento),
        "vigente": valor.vigente,
        "avisos": list(_avisos(valor)),
    }


def _avisos(valor: ValorDoPiso) -> tuple[str, ...]:
    simulacao = () if valor.vigente else (f"{AVISO_DE_SIMULACAO} (a fórmula vale {valor.formula.vigencia})",)
    return simulacao + valor.avisos


def _em_texto(valor: ValorDoPiso) -> str:
    quem = f"por {valor.piso.por} e por mês"
    conta = " / ".join(valor.entrada.values())
    linhas = [
        f"{valor.piso.nome} ({valor.piso.codigo}): {em_reais(valor.centavos)} {quem}",
        f"{valor.piso.codigo} = {valor.formula} = {conta} = {fracao_exata(valor.reais)} de real, exato",
        *(f"  {letra.letra}: {letra.nome} = {valor.entrada[letra.letra]}" for letra in valor.formula.letras),
        *(f"Aviso: {aviso}" for aviso in _avisos(valor)),
        f"Fundamento: {valor.formula.fundamento}",
    ]
    return "\n".join(linhas)
