"""O valor mensal de um piso: (numerador / divisor) / meses, exato, e em centavos com a metade para cima."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from normas.base.centavos import ler_reais
from normas.base.numeros import arredondar
from normas.pisos.piso import Formula, Letra, Piso, formula_em

MESES_DO_ANO = 12
MAIS_ALGARISMOS = 40
_INTEIRO = re.compile(r"[0-9]+")
_NUMERO = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class LetraRecusada(ValueError):
    """Uma letra falta, sobra ou não serve: a mensagem diz qual e o que escrever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValorDoPiso:
    """O valor mensal, em reais exatos, com a fórmula, o que entrou e os avisos."""

    piso: Piso
    formula: Formula
    entrada: Mapping[str, str]
    reais: Fraction
    vigente: bool
    avisos: tuple[str, ...]

    @property
    def centavos(self) -> int:
        """Em centavos inteiros; a metade exata sobe."""
        return arredondar(self.reais, casas=2)


def calcular(*, piso: Piso, letras: Mapping[str, str], em: date) -> ValorDoPiso:
    """Calcula o piso com as letras escritas ("54000.00", "2500", "12").

    Maiúsculas e minúsculas valem o mesmo no nome da letra. O que a norma chama de meses do ano são doze; outro número
    se calcula e avisa.

    Erros: `LetraRecusada`; `PisoNaoAplicavel` quando a norma ainda não o aplica no dia.
    """
    formula = formula_em(piso, em=em)
    escritas = _conferir_letras(piso, formula, letras)
    numeros = {letra.letra: _ler(letra, escritas[letra.letra]) for letra in formula.letras}
    meses = numeros[formula.meses.letra]
    avisos = [formula.observacao] if formula.observacao else []
    if meses != MESES_DO_ANO:
        avisos.append(f"O ano tem {MESES_DO_ANO} meses, e {formula.meses.letra} é {meses}.")
    return ValorDoPiso(
        piso=piso,
        formula=formula,
        entrada=escritas,
        reais=numeros[formula.numerador.letra] / numeros[formula.divisor.letra] / meses,
        vigente=formula.vigencia.contem(em),
        avisos=tuple(avisos),
    )


def _conferir_letras(piso: Piso, formula: Formula, letras: Mapping[str, str]) -> dict[str, str]:
    """As letras como a fórmula as escreve, na ordem dela."""
    conhecidas = {letra.letra.upper(): letra.letra for letra in formula.letras}
    pede = f"O {piso.codigo} é {formula}: escreva {' '.join(f'{nome}=...' for nome in conhecidas.values())}."
    escritas: dict[str, str] = {}
    for nome, valor in letras.items():
        letra = conhecidas.get(nome.upper())
        if letra is None:
            raise LetraRecusada(f"“{nome}” não é letra da fórmula. {pede}")
        if letra in escritas:
            raise LetraRecusada(f"{letra} foi escrita duas vezes. Deixe uma só.")
        escritas[letra] = valor
    if faltam := [letra for letra in conhecidas.values() if letra not in escritas]:
        raise LetraRecusada(f"Falta {' e '.join(faltam)}. {pede}")
    return {letra: escritas[letra] for letra in conhecidas.values()}


def _ler(letra: Letra, escrito: str) -> Fraction:
    onde = f"{letra.letra}={escrito}"
    if len(escrito) > MAIS_ALGARISMOS:
        raise LetraRecusada(f"{letra.letra} tem algarismos demais. Use até {MAIS_ALGARISMOS}.")
    if escrito.startswith("-"):
        raise LetraRecusada(f"{onde}: {letra.nome} não pode ser negativo.")
    if letra.tipo == "reais":
        try:
            return Fraction(ler_reais(escrito), 100)
        except ValueError as erro:
            raise LetraRecusada(f"{letra.letra}: {erro}") from erro
    forma, como = (
        (_INTEIRO, "um número inteiro, como 2500") if letra.tipo == "inteiro" else (_NUMERO, "um número, como 50")
    )
    if not forma.fullmatch(escrito):
        raise LetraRecusada(f"{onde}: {letra.nome} é {como}.")
    numero = Fraction(escrito)
    if numero == 0:
        raise LetraRecusada(f"{onde}: não se divide por zero. Informe {letra.nome}, ao menos 1.")
    return numero
