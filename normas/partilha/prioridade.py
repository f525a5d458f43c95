"""Passo 3: indicadores de 0 a 1, índice e ordem de prioridade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from normas.base.fundamento import Fundamento
from normas.base.numeros import extremos
from normas.partilha.municipio import Municipio
from normas.partilha.opcoes import BRASIL, Direcao, Normalizacao, Opcoes, instancia
from normas.partilha.passos import NOB_2005
from normas.territorio.porte import Porte

FUNDAMENTO_PASSO_3 = Fundamento(NOB_2005, "item 5.5, I, a, 3º critério e 3º passo")
FUNDAMENTO_TRANSICAO = Fundamento(NOB_2005, "item 6.1")


class Indicador(StrEnum):
    """Os quatro indicadores do 3º critério, na ordem da norma."""

    VULNERABILIDADE = "vulnerabilidade"
    RCL = "rcl_per_capita"
    FNAS = "fnas_psb_per_capita"
    COMPLEMENTAR = "indicador_complementar"


@dataclass(frozen=True, slots=True)
class Escala:
    """Menor e maior valor entre os municípios comparados; `alto_e_pior` diz o lado do zero.

    `abrangencia` é "BR", a região ou a sigla da UF; a comparação é sempre dentro do porte.
    """

    indicador: Indicador
    porte: Porte
    abrangencia: str
    minimo: Fraction
    maximo: Fraction
    alto_e_pior: bool
    municipios: int

    def representativo(self, valor: Fraction) -> Fraction:
        """Valor de 0 (pior) a 1 (melhor); 1 para todos quando ninguém difere (ADR 0005)."""
        n, d = valor.numerator, valor.denominator
        menor_n, menor_d = self.minimo.numerator, self.minimo.denominator
        maior_n, maior_d = self.maximo.numerator, self.maximo.denominator
        amplitude = maior_n * menor_d - menor_n * maior_d
        if amplitude == 0:
            return Fraction(1)
        # (maior - valor) / (maior - menor), ou (valor - menor) / (maior - menor), em inteiros.
        if self.alto_e_pior:
            return Fraction((maior_n * d - n * maior_d) * menor_d, d * amplitude)
        return Fraction((n * menor_d - menor_n * d) * maior_d, d * amplitude)


ChaveDeEscala = tuple[Indicador, Porte, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prioridade:
    """O que o passo 3 diz de um município: valores, representativos, índice e ordem na fila."""

    valores: Mapping[Indicador, Fraction]
    representativos: Mapping[Indicador, Fraction]
    indice: Fraction
    ordem: int


def valores_do_municipio(*, municipio: Municipio, opcoes: Opcoes) -> dict[Indicador, Fraction]:
    """Os indicadores exatos de um município completo, na ordem da norma."""
    m = municipio
    parte, todo = (m.familias_pobres, m.familias) if opcoes.transicao_2005 else (m.populacao_vulneravel, m.populacao)
    assert parte is not None and todo is not None
    valores = {
        Indicador.VULNERABILIDADE: Fraction(parte, todo),
        Indicador.RCL: _exato(m.rcl_per_capita),
        Indicador.FNAS: _exato(m.fnas_psb_per_capita),
    }
    if not opcoes.transicao_2005:
        valores[Indicador.COMPLEMENTAR] = _exato(m.indicador_complementar)
    return valores


def _exato(valor: Decimal | None) -> Fraction:
    assert valor is not None
    return Fraction(*valor.as_integer_ratio())


def chave_da_escala(*, indicador: Indicador, porte: Porte, uf: str, opcoes: Opcoes) -> ChaveDeEscala:
    """Com quem o município é comparado num indicador."""
    if opcoes.normalizacao is Normalizacao.UF_PORTE:
        return indicador, porte, uf
    if indicador is Indicador.COMPLEMENTAR:
        return indicador, *instancia(porte=porte, uf=uf)
    return indicador, porte, BRASIL


def montar_escalas(
    *, itens: Iterable[tuple[Porte, str, Mapping[Indicador, Fraction]]], opcoes: Opcoes
) -> dict[ChaveDeEscala, Escala]:
    """Menor e maior de cada indicador, entre todos os municípios comparáveis, elegíveis ou não.

    `itens` são (porte, UF, valores) de cada município.
    """
    listas: dict[ChaveDeEscala, list[Fraction]] = {}
    siglas: dict[ChaveDeEscala, str] = {}
    for porte, uf, valores in itens:
        for indicador, valor in valores.items():
            chave = chave_da_escala(indicador=indicador, porte=porte, uf=uf, opcoes=opcoes)
            listas.setdefault(chave, []).append(valor)
            siglas[chave] = uf
    escalas = {}
    for chave, lista in listas.items():
        minimo, maximo = extremos(lista)
        escalas[chave] = Escala(
            *chave,
            minimo=minimo,
            maximo=maximo,
            alto_e_pior=alto_e_pior(indicador=chave[0], porte=chave[1], uf=siglas[chave], opcoes=opcoes),
            municipios=len(lista),
        )
    return escalas


def alto_e_pior(*, indicador: Indicador, porte: Porte, uf: str, opcoes: Opcoes) -> bool:
    """Se o valor alto é o pior: sim na vulnerabilidade; no complementar, o que a instância disse."""
    if indicador is Indicador.COMPLEMENTAR:
        return opcoes.complementar(porte=porte, uf=uf).direcao is Direcao.ALTO_PIOR
    return indicador is Indicador.VULNERABILIDADE


def indice(*, representativos: Mapping[Indicador, Fraction], pesos: Mapping[str, int]) -> Fraction:
    """Soma dos representativos vezes os pesos: de 0 a 5 (ADR 0006), ou de 0 a 4 na transição de 2005 (ADR 0013)."""
    numerador, denominador = 0, 1
    for indicador, valor in representativos.items():
        n, d = pesos[indicador.value] * valor.numerator, valor.denominator
        numerador, denominador = numerador * d + n * denominador, denominador * d
    return Fraction(numerador, denominador)


def peso_no_passo_2(*, municipio: Municipio, opcoes: Opcoes) -> int:
    """Pessoas vulneráveis ou, na transição de 2005, famílias pobres."""
    peso = municipio.familias_pobres if opcoes.transicao_2005 else municipio.populacao_vulneravel
    assert peso is not None
    return peso


def chave_de_ordem(*, indice: Fraction, peso: int, codigo_ibge: str) -> tuple[Fraction, int, str]:
    """Ordem de prioridade: menor índice; empate, mais vulneráveis; depois, menor código (ADR 0009)."""
    return indice, -peso, codigo_ibge
