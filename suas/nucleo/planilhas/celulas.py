"""Ler o que está numa célula como as pessoas escrevem. Cada função faz um leitor: texto → valor, ou recusa.

    Coluna(codigo="capacidade", ..., ler=celulas.inteiro(minimo=1, maximo=100_000))

O leitor recebe o texto já sem espaços nas pontas, nunca vazio, e `Jeito`, que diz como a planilha escreve números.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any


class CelulaRecusada(Exception):
    """O texto não serve; a mensagem diz o que há com ele e o que escrever."""


@dataclass(frozen=True, kw_only=True)
class Jeito:
    """Como a planilha escreve: `decimal_com_ponto` é o jeito inglês, 1234.56."""

    decimal_com_ponto: bool = False


Leitor = Callable[[str, Jeito], Any]
_MILHAR_DAQUI = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")
_DE_LA = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+\.[0-9]+")
_MILHAR_DE_LA = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+")
#: Com ponto, e que não se confunde com milhar: 1234.5, 0.125.
_SO_PODE_SER_DECIMAL = re.compile(r"(?![1-9][0-9]{0,2}\.[0-9]{3}$)[0-9]+\.[0-9]+")
_MESES = ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez")
_MES_INGLES = {"feb": 2, "apr": 4, "may": 5, "aug": 8, "sep": 9, "oct": 10, "dec": 12}
_SIM = {"sim", "s", "x", "1", "verdadeiro", "true", "v"}
_NAO = {"nao", "n", "0", "falso", "false", "f"}
#: O dia zero das datas do Excel e do LibreOffice (o 29/02/1900 que não houve já está descontado).
_DIA_ZERO = date(1899, 12, 30)
_SERIAIS = range(14_000, 80_001)  # de 1938 a 2119


def texto(*, maximo: int = 200, minimo: int = 1) -> Leitor:
    """Um texto, com os espaços de dentro reduzidos a um."""

    def ler(escrito: str, jeito: Jeito) -> str:
        limpo = " ".join(escrito.split())
        if len(limpo) > maximo:
            raise CelulaRecusada(f"tem {len(limpo)} letras, e cabem {maximo}. Encurte o texto.")
        if len(limpo) < minimo:
            raise CelulaRecusada(f"“{limpo}” é curto demais: escreva ao menos {minimo} letras.")
        return limpo

    return ler


def inteiro(*, minimo: int | None = None, maximo: int | None = None) -> Leitor:
    """Um número inteiro, com ou sem ponto de milhar."""

    def ler(escrito: str, jeito: Jeito) -> int:
        numero = _ler_numero(escrito, jeito)
        if numero != numero.to_integral_value():
            raise CelulaRecusada(f"“{escrito}” não é um número inteiro. Escreva sem casas decimais, como 1.250.")
        return int(_nos_limites(numero, escrito, minimo, maximo))

    return ler


def decimal(*, casas: int = 2, minimo: int | None = None, maximo: int | None = None) -> Leitor:
    """Um número com até tantas casas decimais, com vírgula (ou com ponto, se a planilha é assim)."""

    def ler(escrito: str, jeito: Jeito) -> Decimal:
        numero = _ler_numero(escrito, jeito)
        expoente = numero.normalize().as_tuple().exponent
        if isinstance(expoente, int) and -expoente > casas:
            raise CelulaRecusada(f"“{escrito}” tem mais de {casas} casas decimais. Arredonde antes.")
        return _nos_limites(numero, escrito, minimo, maximo)

    return ler


def centavos(*, minimo: int | None = 0) -> Leitor:
    """Um valor em reais, guardado em centavos inteiros."""
    em_reais = decimal(casas=2, minimo=minimo)

    def ler(escrito: str, jeito: Jeito) -> int:
        return int(em_reais(escrito, jeito) * 100)

    return ler


def _ler_numero(escrito: str, jeito: Jeito) -> Decimal:
    limpo = re.sub(r"^R\$|[\s\u00a0]", "", escrito).removesuffix("%").replace("\N{MINUS SIGN}", "-")
    sinal, corpo = ("-", limpo[1:]) if limpo.startswith("-") else ("", limpo)
    inteira, virgula, fracao = corpo.partition("." if jeito.decimal_com_ponto else ",")
    separador, milhar = (",", _MILHAR_DE_LA) if jeito.decimal_com_ponto else (".", _MILHAR_DAQUI)
    if milhar.fullmatch(inteira):
        inteira = inteira.replace(separador, "")
    elif not virgula and not jeito.decimal_com_ponto and _SO_PODE_SER_DECIMAL.fullmatch(corpo):
        inteira, virgula, fracao = corpo.partition(".")
    if not re.fullmatch(r"[0-9]{1,15}", inteira) or not re.fullmatch(r"[0-9]{1,12}" if virgula else "", fracao):
        exemplo = "1234.5" if jeito.decimal_com_ponto else "1.234,5"
        raise CelulaRecusada(f"“{_curto(escrito)}” não é um número. Use só algarismos, como {exemplo}.")
    return Decimal(f"{sinal}{inteira}.{fracao or 0}")


def _nos_limites(numero: Decimal, escrito: str, minimo: int | None, maximo: int | None) -> Decimal:
    if minimo is not None and numero < minimo:
        raise CelulaRecusada(f"“{escrito}” é menos que {_milhar(minimo)}, o menor aceito. Confira o número.")
    if maximo is not None and numero > maximo:
        raise CelulaRecusada(f"“{escrito}” é mais que {_milhar(maximo)}, o maior aceito. Confira o número.")
    return numero


def _milhar(numero: int) -> str:
    return f"{numero:,}".replace(",", ".")


def dia(*, minimo: date = date(1900, 1, 1), maximo: date = date(2100, 12, 31), do_mes: int = 1) -> Leitor:
    """Uma data: 31/12/2025, 31-12-25, 2025-12-31, 31 de dezembro de 2025, dez/2025 ou o número que o Excel guarda.

    De mês e ano sem dia, vale o dia `do_mes`.
    """

    def ler(escrito: str, jeito: Jeito) -> date:
        lida = _ler_dia(sem_acento(escrito), do_mes)
        if lida is None:
            raise CelulaRecusada(f"“{_curto(escrito)}” não é uma data. Escreva o dia, o mês e o ano, como 31/12/2025.")
        if not minimo <= lida <= maximo:
            raise CelulaRecusada(
                f"“{escrito}” dá {lida:%d/%m/%Y}, fora do que se aceita aqui: de {minimo:%d/%m/%Y} a {maximo:%d/%m/%Y}."
            )
        return lida

    return ler


def _ler_dia(escrito: str, do_mes: int) -> date | None:
    limpo = re.sub(r"\bde\b|[,]", " ", escrito)
    limpo = re.sub(r"[ t]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?z?$", "", limpo).strip()
    if re.fullmatch(r"[0-9]{5}", limpo) and int(limpo) in _SERIAIS:
        return _DIA_ZERO + timedelta(days=int(limpo))
    partes = [parte for parte in re.split(r"[\s./\-]+", limpo) if parte]
    if len(partes) == 1 and re.fullmatch(r"[0-9]{8}", limpo):
        do_fim = int(limpo[4:6]) in {19, 20}  # 31122025, e não 20251231
        partes = [limpo[:2], limpo[2:4], limpo[4:]] if do_fim else [limpo[6:], limpo[4:6], limpo[:4]]
    if len(partes) == 3 and len(partes[0]) == 4:
        partes.reverse()
    if len(partes) == 2:
        partes = [str(do_mes), *(reversed(partes) if len(partes[0]) == 4 else partes)]
    if len(partes) != 3 or not re.fullmatch(r"[0-9]{1,2}[ºo]?", partes[0]):
        return None
    mes, ano = _mes(partes[1]), _ano(partes[2])
    if mes is None or ano is None:
        return None
    try:
        return date(ano, mes, int(partes[0].rstrip("ºo")))
    except ValueError:
        return None


def _mes(parte: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,2}", parte):
        return int(parte)
    curto = parte[:3]
    return _MESES.index(curto) + 1 if curto in _MESES else _MES_INGLES.get(curto)


def _ano(parte: str) -> int | None:
    """O ano com dois algarismos é deste século até 50; depois, do passado."""
    if re.fullmatch(r"[0-9]{4}", parte):
        return int(parte)
    if re.fullmatch(r"[0-9]{2}", parte):
        return int(parte) + (2000 if int(parte) <= 50 else 1900)
    return None


def sim_ou_nao() -> Leitor:
    """Sim ou não, como se costuma marcar: sim, s, x, 1; não, n, 0."""

    def ler(escrito: str, jeito: Jeito) -> bool:
        dito = sem_acento(escrito)
        if dito in _SIM:
            return True
        if dito in _NAO:
            return False
        raise CelulaRecusada(f"“{_curto(escrito)}” não diz sim nem não. Escreva “sim” ou “não”.")

    return ler


def escolha(opcoes: Mapping[str, str], *, sinonimos: Mapping[str, str] | None = None) -> Leitor:
    """Uma de uma lista: código → como se lê. Aceita o código, o nome sem acento nem maiúscula, e os sinônimos."""
    por_nome = {nome_simples(rotulo): codigo for codigo, rotulo in opcoes.items()}
    por_nome |= {nome_simples(codigo): codigo for codigo in opcoes}
    por_nome |= {nome_simples(nome): codigo for nome, codigo in (sinonimos or {}).items()}

    def ler(escrito: str, jeito: Jeito) -> str:
        achado = por_nome.get(nome_simples(escrito))
        if achado is None:
            aceitas = list(opcoes.values())
            quais = "; ".join(aceitas[:8]) + ("; e outras" if len(aceitas) > 8 else "")
            raise CelulaRecusada(f"“{_curto(escrito)}” não está na lista. Escreva uma destas: {quais}.")
        return achado

    return ler


def codigo(*, digitos: int, completar: bool = False, exemplo: str = "") -> Leitor:
    """Um código só de algarismos, de tamanho certo; pontos, barras e traços não contam.

    `completar`: devolve os zeros à esquerda que a planilha tira ao tratar o código como número.
    """

    def ler(escrito: str, jeito: Jeito) -> str:
        limpo = re.sub(r"[.\-/\s]", "", escrito)
        if completar and re.fullmatch(r"[0-9]+", limpo):
            limpo = limpo.zfill(digitos)
        if not re.fullmatch(r"[0-9]+", limpo) or len(limpo) != digitos:
            como = f", como {exemplo}" if exemplo else ""
            raise CelulaRecusada(f"“{_curto(escrito)}” não tem os {digitos} algarismos do código{como}.")
        return limpo

    return ler


def sem_acento(escrito: str) -> str:
    """Minúsculas, sem acento nem espaço nas pontas."""
    decomposto = unicodedata.normalize("NFD", escrito.strip().lower().replace("º", "o"))
    return "".join(letra for letra in decomposto if not unicodedata.combining(letra))


def nome_simples(escrito: str) -> str:
    """“Código do Município*” vira “codigo do municipio”: serve para reconhecer um nome escrito de outro jeito."""
    return " ".join(re.findall(r"[a-z0-9]+", sem_acento(escrito)))


def usa_ponto_decimal(textos: Iterable[str]) -> bool:
    """A planilha escreve as casas com ponto? Só se algum número o prova e nenhum tem vírgula de decimal."""
    provou = False
    for escrito in textos:
        corpo = escrito.strip().removeprefix("-")
        if re.fullmatch(r"[0-9.]+,[0-9]+", corpo) and not _MILHAR_DE_LA.fullmatch(corpo):
            return False
        provou = provou or bool(_SO_PODE_SER_DECIMAL.fullmatch(corpo) or _DE_LA.fullmatch(corpo))
    return provou


def _curto(escrito: str) -> str:
    return escrito if len(escrito) <= 40 else escrito[:39] + "…"
