"""Confere as respostas de uma ficha: o que falta, o que não é opção do formulário e o que não combina.

As respostas são um objeto por código de campo; a de um quadro é uma lista de objetos. Quem não respondeu não escreve a
chave: “não informado” é diferente de “não”.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from normas.prontuario.modelo import Campo, Ficha, Quadro, Tipo

LINHAS = 60


@dataclass(frozen=True, kw_only=True)
class Falta:
    """O que não serve: o campo (ou quadro, com a linha, de 0 em diante) e o que fazer, em palavras."""

    campo: str
    mensagem: str
    quadro: str = ""
    linha: int = 0


def conferir(
    ficha: Ficha, respostas: Mapping[str, Any], *, pessoas: Collection[str], hoje: date, idade: int | None = None
) -> list[Falta]:
    """As faltas das respostas. `pessoas` são as chaves de quem pode ser escolhido; `idade`, a de quem a ficha fala."""
    conhecidos = {campo.codigo for campo in ficha.campos} | {quadro.codigo for quadro in ficha.quadros}
    if estranhos := sorted(set(respostas) - conhecidos):
        return [Falta(campo=estranhos[0], mensagem=f"A ficha {ficha.codigo} não tem o campo “{estranhos[0]}”.")]
    faltas = _dos_campos(ficha.campos, respostas, pessoas=pessoas, hoje=hoje, idade=idade)
    for quadro in ficha.quadros:
        faltas += _do_quadro(quadro, respostas.get(quadro.codigo, []), pessoas=pessoas, hoje=hoje)
    return faltas


def _do_quadro(quadro: Quadro, linhas: Any, *, pessoas: Collection[str], hoje: date) -> list[Falta]:
    if not isinstance(linhas, list) or not all(isinstance(linha, Mapping) for linha in linhas):
        return [Falta(campo="", quadro=quadro.codigo, mensagem=f"“{quadro.titulo}” é uma lista de linhas.")]
    if len(linhas) > LINHAS:
        return [Falta(campo="", quadro=quadro.codigo, mensagem=f"São {len(linhas)} linhas; cabem {LINHAS}.")]
    faltas = []
    for ordem, linha in enumerate(linhas):
        for falta in _dos_campos(quadro.campos, linha, pessoas=pessoas, hoje=hoje, idade=None):
            faltas.append(Falta(campo=falta.campo, mensagem=falta.mensagem, quadro=quadro.codigo, linha=ordem))
    return faltas


def _dos_campos(
    campos: Collection[Campo],
    respostas: Mapping[str, Any],
    *,
    pessoas: Collection[str],
    hoje: date,
    idade: int | None,
) -> list[Falta]:
    faltas = []
    por_codigo = {campo.codigo: campo for campo in campos}
    for campo in campos:
        valor = respostas.get(campo.codigo)
        if valor in (None, "", []):
            if campo.obrigatorio:
                faltas.append(Falta(campo=campo.codigo, mensagem=f"Informe: {campo.rotulo.lower()}."))
            continue
        mensagem = (
            _do_tipo(campo, valor, pessoas=pessoas, hoje=hoje)
            or _da_condicao(campo, por_codigo, respostas)
            or _da_idade(campo, valor, idade=idade)
            or _da_ordem(campo, valor, por_codigo, respostas)
        )
        if mensagem:
            faltas.append(Falta(campo=campo.codigo, mensagem=mensagem))
    return faltas


def _do_tipo(campo: Campo, valor: Any, *, pessoas: Collection[str], hoje: date) -> str:
    match campo.tipo:
        case Tipo.SIM_OU_NAO | Tipo.ESCOLHA:
            return "" if valor in campo.respostas else "Escolha uma das opções da lista."
        case Tipo.VARIAS:
            serve = isinstance(valor, list) and set(valor) <= set(campo.opcoes)
            return "" if serve else "Escolha entre as opções da lista."
        case Tipo.PESSOA:
            return "" if valor in pessoas else "Escolha alguém da família."
        case Tipo.PESSOAS:
            serve = isinstance(valor, list) and set(valor) <= set(pessoas)
            return "" if serve else "Escolha entre as pessoas da família."
        case Tipo.INTEIRO | Tipo.REAIS:
            return _do_numero(campo, valor)
        case Tipo.DIA:
            return _do_dia(valor, hoje=hoje)
    return _do_texto(campo, valor)


def _do_numero(campo: Campo, valor: Any) -> str:
    if not isinstance(valor, int) or isinstance(valor, bool) or valor < 0:
        return "Escreva um número inteiro, de 0 em diante."
    if campo.maximo and valor > campo.maximo:
        return f"{valor} é mais do que se espera aqui ({campo.maximo}). Confira o número."
    return ""


def _do_dia(valor: Any, *, hoje: date) -> str:
    try:
        dia = date.fromisoformat(str(valor))
    except ValueError:
        return "Escreva o dia como 21/03/2026."
    return f"O dia {dia:%d/%m/%Y} ainda não chegou. Confira a data." if dia > hoje else ""


def _do_texto(campo: Campo, valor: Any) -> str:
    if not isinstance(valor, str):
        return "Escreva um texto."
    if campo.maximo and len(valor) > campo.maximo:
        return f"O texto tem {len(valor)} letras; cabem {campo.maximo}."
    return ""


def _da_condicao(campo: Campo, campos: Mapping[str, Campo], respostas: Mapping[str, Any]) -> str:
    if campo.se is None:
        return ""
    outro, esperada = campo.se
    if respostas.get(outro) == esperada:
        return ""
    return f"Só se responde quando “{campos[outro].rotulo}” é {campos[outro].respostas[esperada]}. Confira as duas."


def _da_idade(campo: Campo, valor: Any, *, idade: int | None) -> str:
    minima = campo.idade_minima
    if minima is None or idade is None or idade >= minima.anos or valor in minima.salvo:
        return ""
    return (
        f"A pessoa tem {idade} anos: quem tem menos de {minima.anos}, trabalha e não é aprendiz está em trabalho "
        "infantil, que se registra no bloco 11 (código 6), e não aqui."
    )


def _da_ordem(campo: Campo, valor: Any, campos: Mapping[str, Campo], respostas: Mapping[str, Any]) -> str:
    antes = respostas.get(campo.depois_de) if campo.depois_de else None
    if not antes or str(valor) >= str(antes):
        return ""
    escrito = date.fromisoformat(str(antes))
    return f"Vem antes de “{campos[campo.depois_de].rotulo}” ({escrito:%d/%m/%Y}). Confira as duas datas."
