"""Ler e escrever o valor de um indicador, sem perder nenhum algarismo."""

from __future__ import annotations

import re
from decimal import Decimal

from suas.nucleo.tela.filtros import numero
from suas.vigilancia.indicadores.models import Indicador

ALGARISMOS = 24
_INTEIRO = re.compile(r"-?[0-9]+")
_COM_PONTO = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MILHARES = r"[1-9][0-9]{0,2}(\.[0-9]{3})+"
_COM_VIRGULA = re.compile(rf"-?([0-9]+|{_MILHARES})(,[0-9]+)?")
_INTEIRO_COM_MILHARES = re.compile(rf"-?{_MILHARES}")
_SIM_E_NAO = {"s": "sim", "n": "nao", "não": "nao"}


class ValorRecusado(ValueError):
    """O texto não é um valor deste indicador; a mensagem diz o que escrever."""


def ler_valor(texto: str, *, indicador: Indicador, com_virgula: bool) -> str:
    """Devolve o texto exato a gravar: número com ponto decimal e sem sobras, ou palavra da lista.

    `com_virgula`: 1.234,5 vale mil duzentos e trinta e quatro e meio; senão, 1234.5. Erros: `ValorRecusado`.
    """
    if not indicador.e_numerico:
        return _ler_palavra(texto, indicador)
    numero_escrito = _sem_unidade(texto, indicador)
    # num inteiro, o ponto de “1.234” só pode separar milhares
    if indicador.tipo == Indicador.Tipo.INTEIRO and _INTEIRO_COM_MILHARES.fullmatch(numero_escrito):
        com_virgula = True
    limpo = _so_o_numero(numero_escrito, com_virgula=com_virgula)
    if limpo is None:
        so_algarismos = indicador.tipo == Indicador.Tipo.INTEIRO
        como = "só algarismos, como 1234" if so_algarismos else "como 1.234,56" if com_virgula else "como 1234.56"
        raise ValorRecusado(f"“{texto}” não é um número. Escreva {como}.")
    if len(limpo.replace("-", "").replace(".", "")) > ALGARISMOS:
        raise ValorRecusado(f"“{texto}” tem algarismos demais. O máximo são {ALGARISMOS}.")
    if indicador.tipo == Indicador.Tipo.INTEIRO and not _INTEIRO.fullmatch(limpo):
        raise ValorRecusado(f"“{texto}” tem casas decimais, e {indicador.nome} é um número inteiro.")
    if indicador.minimo is not None and Decimal(limpo) < indicador.minimo:
        raise ValorRecusado(
            f"“{texto}” é menor que {numero(indicador.minimo)}, o menor valor de {indicador.nome}. Confira o sinal."
        )
    return limpo


def escrito_com_virgula(texto: str) -> bool:
    """O número foi escrito como no Brasil: “1.234,5”, “0,5” ou “1.234”, em que o ponto separa milhares."""
    return "," in texto or "." not in texto or _INTEIRO_COM_MILHARES.fullmatch(texto.strip()) is not None


def _sem_unidade(texto: str, indicador: Indicador) -> str:
    """Tira o “R$” ou o “%” que a planilha escreve junto do número, se é essa a unidade do indicador."""
    limpo = texto.strip()
    if indicador.unidade.startswith("R$"):
        limpo = limpo.removeprefix("R$").strip()
    return limpo.removesuffix("%").strip() if indicador.unidade == "%" else limpo


def _so_o_numero(texto: str, *, com_virgula: bool) -> str | None:
    """O número com ponto decimal, sem zeros à esquerda; None se o texto não é um."""
    if com_virgula:
        if not _COM_VIRGULA.fullmatch(texto):
            return None
        texto = texto.replace(".", "").replace(",", ".")
    elif not _COM_PONTO.fullmatch(texto):
        return None
    sinal, resto = ("-", texto[1:]) if texto.startswith("-") else ("", texto)
    inteiro, ponto, decimais = resto.partition(".")
    resto = f"{inteiro.lstrip('0') or '0'}{ponto}{decimais}"
    return resto if not resto.strip("0.") else sinal + resto


def _ler_palavra(texto: str, indicador: Indicador) -> str:
    palavra = texto.strip().lower()
    palavra = palavra if palavra in indicador.palavras else _SIM_E_NAO.get(palavra, palavra)
    if palavra in indicador.palavras:
        return palavra
    por_rotulo: dict[str, str] = {rotulo.lower(): palavra for palavra, rotulo in indicador.palavras.items()}
    if palavra in por_rotulo:
        return str(por_rotulo[palavra])
    raise ValorRecusado(f"“{texto}” não é uma das palavras aceitas: {', '.join(indicador.palavras)}.")


def escrever_valor(valor: str | None, indicador: Indicador, *, unidade: bool = False) -> str:
    """Como o valor se lê na tela: 1.234,56 ou a palavra por extenso; travessão se não há."""
    if valor is None:
        return "—"
    if not indicador.e_numerico:
        return str(indicador.palavras.get(valor, valor))
    texto = numero(Decimal(valor))
    if not unidade:
        return texto
    if indicador.unidade.startswith("R$"):
        return f"R$ {texto}{indicador.unidade.removeprefix('R$')}"
    return f"{texto}%" if indicador.unidade == "%" else f"{texto} {indicador.unidade}".rstrip()
