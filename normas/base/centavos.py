"""Dinheiro em centavos inteiros: ler, escrever e repartir sem perder nenhum."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

Chave = TypeVar("Chave")

_FORMA = re.compile(r"([0-9]+)(?:\.([0-9]{1,2}))?")
MAIS_ALGARISMOS = 40


def ler_reais(texto: str) -> int:
    """Lê reais com ponto decimal ("50000000.00", "1.8") e devolve centavos.

    Erros: `ValueError` para sinal, vírgula, espaço, mais de duas casas ou mais de 40 algarismos.
    """
    partes = _FORMA.fullmatch(texto)
    if partes is None:
        raise ValueError(f"“{texto}” não é um valor em reais. Escreva com ponto e até duas casas, como 1234.56.")
    if len(texto) > MAIS_ALGARISMOS:
        raise ValueError(f"“{texto}” tem algarismos demais. Use até {MAIS_ALGARISMOS}.")
    return int(partes[1]) * 100 + int((partes[2] or "").ljust(2, "0"))


def em_decimal(centavos: int) -> str:
    """Escreve centavos com ponto e duas casas, para arquivos: 123456 é "1234.56"."""
    sinal = "-" if centavos < 0 else ""
    inteiro, fracao = divmod(abs(centavos), 100)
    return f"{sinal}{inteiro}.{fracao:02d}"


def em_reais(centavos: int) -> str:
    """Escreve centavos para gente ler: 123456 é "R$ 1.234,56"."""
    sinal = "-" if centavos < 0 else ""
    inteiro, fracao = divmod(abs(centavos), 100)
    return f"{sinal}R$ {inteiro:,}".replace(",", ".") + f",{fracao:02d}"


def ratear(*, total: int, pesos: Mapping[Chave, int]) -> dict[Chave, int]:
    """Reparte `total` centavos em proporção aos pesos, pelo método dos maiores restos (ADR 0002).

    Cada um recebe a parte inteira da sua proporção; os centavos que sobram vão, um a um, aos
    maiores restos; entre restos iguais, a quem vem antes na ordem de `pesos`. A soma do que sai
    é sempre o que entrou.

    Erros: `ValueError` para total ou peso negativo, ou quando nenhum peso é maior que zero.
    """
    if total < 0:
        raise ValueError(f"Não há como repartir {em_reais(total)}: o total é negativo.")
    if any(peso < 0 for peso in pesos.values()):
        raise ValueError("Não há como repartir por peso negativo.")
    soma = sum(pesos.values())
    if soma == 0:
        raise ValueError("Não há por que repartir: a soma dos pesos é zero.")
    partes = {chave: total * peso // soma for chave, peso in pesos.items()}
    sobra = total - sum(partes.values())
    # sorted é estável: restos iguais ficam na ordem de `pesos`.
    por_resto = sorted(pesos, key=lambda chave: -(total * pesos[chave] % soma))
    for chave in por_resto[:sobra]:
        partes[chave] += 1
    return partes


def ratear_igualmente(*, total: int, entre: Sequence[Chave]) -> dict[Chave, int]:
    """Reparte em partes iguais; os centavos que sobram vão aos primeiros da ordem.

    Erros: os de `ratear`; sem ninguém entre quem repartir, `ValueError`.
    """
    return ratear(total=total, pesos=dict.fromkeys(entre, 1))
