"""Números exatos: frações escritas por extenso, com casas contadas e sem ponto flutuante."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def arredondar(valor: Fraction, *, casas: int) -> int:
    """Devolve `valor` vezes 10**casas, arredondado; a metade exata sobe em módulo."""
    numerador: int = abs(valor.numerator) * 10**casas
    inteiro: int = (2 * numerador + valor.denominator) // (2 * valor.denominator)
    return -inteiro if valor < 0 else inteiro


def com_ponto(valor: Fraction, *, casas: int = 6) -> str:
    """Escreve com ponto e casas fixas, para arquivos: 1/3 é "0.333333"."""
    inteiro = arredondar(valor, casas=casas)
    texto = str(abs(inteiro)).rjust(casas + 1, "0")
    sinal = "-" if inteiro < 0 else ""
    return f"{sinal}{texto[:-casas]}.{texto[-casas:]}" if casas else f"{sinal}{texto}"


def com_virgula(valor: Fraction | int, *, casas: int = 0) -> str:
    """Escreve para gente ler, com milhar: 1234.5 com uma casa é "1.234,5"."""
    inteiro, _, fracao = com_ponto(Fraction(valor), casas=casas).partition(".")
    milhar = f"{int(inteiro):,}".replace(",", ".")
    if inteiro.startswith("-") and not milhar.startswith("-"):
        milhar = f"-{milhar}"
    return f"{milhar},{fracao}" if fracao else milhar


def fracao_exata(valor: Fraction) -> str:
    """Escreve numerador e denominador: "1/3"; o inteiro 2 é "2/1"."""
    return f"{valor.numerator}/{valor.denominator}"


def ler_fracao(texto: str) -> Fraction:
    """Lê o que `fracao_exata` escreveu."""
    numerador, denominador = texto.split("/")
    return Fraction(int(numerador), int(denominador))


def decimal_com_virgula(valor: Decimal) -> str:
    """Escreve o decimal com as casas que ele tem: 1234.50 é "1.234,50"."""
    casas = len(format(valor, "f").partition(".")[2])
    return com_virgula(Fraction(valor), casas=casas)
