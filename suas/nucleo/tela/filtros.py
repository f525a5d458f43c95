"""Números, dinheiro e datas como se escrevem em português do Brasil.

Valor ausente (`None`) vira travessão em todos eles: a tela mostra que falta, não inventa zero.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

BRASILIA = ZoneInfo("America/Sao_Paulo")
AUSENTE = "—"
MENOS = "\N{MINUS SIGN}"
ESPACO_FIXO = "\N{NO-BREAK SPACE}"

NumeroPresente = int | float | Decimal | Fraction
Numero = NumeroPresente | None


def _decimal(valor: NumeroPresente) -> Decimal:
    if isinstance(valor, Fraction):
        return Decimal(valor.numerator) / Decimal(valor.denominator)
    # repr de float é o menor texto que volta ao mesmo número: 0.1 fica 0,1.
    return Decimal(repr(valor)) if isinstance(valor, float) else Decimal(valor)


def numero(valor: Numero, casas: int | None = None) -> str:
    """Escreve 1234.5 como 1.234,5. Com `casas`, arredonda meio para cima; sem, mantém as que vieram."""
    if valor is None:
        return AUSENTE
    exato = _decimal(valor)
    if casas is not None:
        exato = exato.quantize(Decimal(1).scaleb(-casas), rounding=ROUND_HALF_UP)
    texto = f"{abs(exato):,f}".translate(str.maketrans(",.", ".,"))
    negativo = exato < 0  # o zero arredondado de um negativo não é menor que zero
    return f"{MENOS}{texto}" if negativo else texto


def reais(centavos: int | None) -> str:
    """Escreve centavos inteiros como R$ 1.234,56; o espaço não quebra a linha."""
    if centavos is None:
        return AUSENTE
    sinal = MENOS if centavos < 0 else ""
    inteiros, resto = divmod(abs(centavos), 100)
    return f"{sinal}R${ESPACO_FIXO}{numero(inteiros)},{resto:02d}"


def reais_curto(centavos: int | None) -> str:
    """Escreve centavos inteiros para um número de destaque: R$ 4,1 mi. O valor exato fica ao lado."""
    if centavos is None:
        return AUSENTE
    valor = Decimal(abs(centavos)) / 100
    if valor < 1000:
        return reais(centavos)
    reduzido, palavra = next(
        (reduzido, palavra)
        for limite, palavra in ((10**9, "bi"), (10**6, "mi"), (10**3, "mil"))
        if (reduzido := (valor / limite).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)) >= 1
    )
    sinal = MENOS if centavos < 0 else ""
    texto = numero(reduzido).removesuffix(",0")
    return f"{sinal}R${ESPACO_FIXO}{texto}{ESPACO_FIXO}{palavra}"


def porcentagem(proporcao: Numero, casas: int = 1) -> str:
    """Escreve a proporção (0,123 de 1) como 12,3%."""
    if proporcao is None:
        return AUSENTE
    return f"{numero(_decimal(proporcao) * 100, casas)}%"


def com_sinal(valor: Numero, casas: int | None = None) -> str:
    """Escreve a diferença com o sinal à vista: +3, −2, 0."""
    texto = numero(valor, casas)
    return f"+{texto}" if valor is not None and valor > 0 else texto


def dia(valor: date | None) -> str:
    """Escreve a data como 31/12/2026. De um instante, o dia é o de Brasília."""
    if valor is None:
        return AUSENTE
    if isinstance(valor, datetime):
        valor = _em_brasilia(valor)
    return f"{valor:%d/%m/%Y}"


def momento(valor: datetime | None) -> str:
    """Escreve o instante como 31/12/2026 às 14:32, hora de Brasília.

    Instante sem fuso levanta `ValueError`: não se adivinha a hora de um registro.
    """
    if valor is None:
        return AUSENTE
    return f"{_em_brasilia(valor):%d/%m/%Y às %H:%M}"


def _em_brasilia(valor: datetime) -> datetime:
    if valor.tzinfo is None:
        raise ValueError("Instante sem fuso não se mostra: passe a hora em UTC com fuso.")
    return valor.astimezone(BRASILIA)


def plural(quantidade: int, um: str, muitos: str) -> str:
    """Escreve a quantidade com a palavra certa: 1 município, 1.234 municípios."""
    return f"{numero(quantidade)} {um if abs(quantidade) == 1 else muitos}"


def inicial(texto: str) -> str:
    """Escreve com a primeira letra maiúscula, sem mexer nas outras: UF e CPF continuam como são."""
    return texto[:1].upper() + texto[1:]


FILTROS: dict[str, Callable[..., str]] = {
    "numero": numero,
    "reais": reais,
    "reais_curto": reais_curto,
    "porcentagem": porcentagem,
    "com_sinal": com_sinal,
    "dia": dia,
    "momento": momento,
    "plural": plural,
    "inicial": inicial,
}
