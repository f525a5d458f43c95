"""Lê e confere a entrada da partilha; aponta todas as faltas, na ordem do arquivo."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from normas.base.planilha import Falha, Linha, ler_planilha
from normas.habilitacao.niveis import NivelDeGestao
from normas.partilha.municipio import Municipio, Origem
from normas.partilha.opcoes import Opcoes
from normas.territorio.federacao import DISTRITO_FEDERAL
from normas.territorio.identificacao import Identificados, ler_codigo, ler_inteiro, ler_uf

_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
_DECIMAL_COM_SINAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MAIS_ALGARISMOS = 400

#: Colunas de números inteiros e o menor valor que cada uma aceita.
INTEIROS = {
    "populacao": 1,
    "populacao_vulneravel": 0,
    "familias": 1,
    "familias_pobres": 0,
    "cras_cofinanciados": 0,
}
DECIMAIS = {
    "rcl_per_capita": _DECIMAL,
    "fnas_psb_per_capita": _DECIMAL,
    "indicador_complementar": _DECIMAL_COM_SINAL,
}
SIM_OU_NAO = {"sim": True, "nao": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leitura:
    """Municípios lidos e faltas; havendo falta, nada se calcula. `sem_uso` são colunas ignoradas."""

    municipios: tuple[Municipio, ...]
    falhas: tuple[Falha, ...]
    sem_uso: tuple[str, ...] = ()


def ler_entrada(*, dados: bytes, opcoes: Opcoes) -> Leitura:
    """Lê os bytes de um CSV (UTF-8, vírgula, ponto decimal) com as colunas da norma."""
    planilha = ler_planilha(dados=dados, obrigatorias=opcoes.colunas_da_entrada)
    if not planilha.colunas or (planilha.falhas and not planilha.linhas):
        return Leitura(municipios=(), falhas=planilha.falhas)
    leitura = conferir_linhas(linhas=planilha.linhas, opcoes=opcoes, ordem_das_colunas=planilha.colunas)
    posicao = {coluna: n for n, coluna in enumerate(planilha.colunas)}
    falhas = sorted(
        (*planilha.falhas, *leitura.falhas),
        key=lambda falha: (falha.linha, posicao.get(falha.coluna, len(posicao))),
    )
    return Leitura(municipios=leitura.municipios, falhas=tuple(falhas), sem_uso=planilha.sem_uso)


def conferir_linhas(
    *,
    linhas: Iterable[Linha],
    opcoes: Opcoes,
    ordem_das_colunas: Iterable[str] | None = None,
    origens: Mapping[str, Mapping[str, Origem]] | None = None,
) -> Leitura:
    """Confere linhas já separadas em texto: do CSV, do banco ou digitadas na tela.

    `origens` diz, por código do município e coluna, a fonte e o ano de cada dado. Quem está sem
    erro vira `Municipio`; sem `excluir_incompletos`, indicador em branco também é falta. A linha cuja
    falta de forma já foi apontada (`com_falta`) não vira município.
    """
    colunas = tuple(
        coluna for coluna in (ordem_das_colunas or opcoes.colunas_da_entrada) if coluna in opcoes.colunas_da_entrada
    )
    municipios: list[Municipio] = []
    falhas: list[Falha] = []
    vistos = Identificados()
    for linha in linhas:
        valores, faltas = _conferir(linha, colunas, opcoes)
        faltas += _faltas_de_relacao(linha, valores, vistos)
        if faltas:
            falhas += sorted(faltas, key=lambda falha: colunas.index(falha.coluna))
        if faltas or linha.com_falta:
            continue
        codigo = linha.celulas["codigo_ibge"]
        if origens and codigo in origens:
            valores["origens"] = origens[codigo]
        municipios.append(Municipio(**valores))
    return Leitura(municipios=tuple(municipios), falhas=tuple(falhas))


def _conferir(linha: Linha, colunas: tuple[str, ...], opcoes: Opcoes) -> tuple[dict[str, Any], list[Falha]]:
    valores: dict[str, Any] = {}
    faltas = []
    for coluna in colunas:
        if coluna in linha.com_falta:
            continue
        texto = linha.celulas.get(coluna, "")
        if texto == "" and coluna in opcoes.indicadores and opcoes.excluir_incompletos:
            valores[coluna] = None
            continue
        try:
            valores[coluna] = LEITORES[coluna](texto)
        except ValueError as erro:
            faltas.append(_falha(linha, coluna, str(erro)))
    return valores, faltas


def _falha(linha: Linha, coluna: str, mensagem: str) -> Falha:
    return Falha(
        linha=linha.numero,
        coluna=coluna,
        valor=linha.celulas.get(coluna, ""),
        mensagem=mensagem,
    )


def _faltas_de_relacao(linha: Linha, valores: dict[str, Any], vistos: Identificados) -> list[Falha]:
    """Faltas que só aparecem comparando dois valores da linha, ou a linha com as anteriores."""
    faltas = []
    codigo, uf = valores.get("codigo_ibge"), valores.get("uf")
    for coluna, mensagem in vistos.faltas(numero=linha.numero, codigo=codigo, uf=uf):
        faltas.append(_falha(linha, coluna, mensagem))
    faltas += _parte_maior_que_o_todo(linha, valores, parte="populacao_vulneravel", todo="populacao")
    faltas += _parte_maior_que_o_todo(linha, valores, parte="familias_pobres", todo="familias")
    nivel = valores.get("nivel_gestao")
    mensagem = _nivel_que_nao_cabe(uf, nivel) if uf and nivel else ""
    return [*faltas, _falha(linha, "nivel_gestao", mensagem)] if mensagem else faltas


def _nivel_que_nao_cabe(uf: str, nivel: NivelDeGestao) -> str:
    if nivel is NivelDeGestao.NAO_HABILITADO:
        return ""
    if uf == DISTRITO_FEDERAL and nivel is not NivelDeGestao.DF:
        return f"O Distrito Federal não tem gestão “{nivel}”. Escreva df ou nao_habilitado."
    if uf != DISTRITO_FEDERAL and nivel is NivelDeGestao.DF:
        return f"“df” é só do Distrito Federal, e a UF é {uf}. Escreva nao_habilitado, inicial, basica ou plena."
    return ""


def _parte_maior_que_o_todo(linha: Linha, valores: dict[str, Any], *, parte: str, todo: str) -> list[Falha]:
    menor, maior = valores.get(parte), valores.get(todo)
    if menor is None or maior is None or menor <= maior:
        return []
    mensagem = (
        f"“{linha.celulas[parte]}” é mais do que “{linha.celulas[todo]}”, que é o total em "
        f"{todo}. Confira os dois números."
    )
    return [_falha(linha, parte, mensagem)]


def _decimal(texto: str, *, forma: re.Pattern[str]) -> Decimal:
    if texto == "":
        raise ValueError("Falta o número. Escreva com ponto decimal, como 12.5.")
    if not forma.fullmatch(texto):
        negativo = forma is _DECIMAL and _DECIMAL_COM_SINAL.fullmatch(texto)
        porque = "é negativo" if negativo else "não é um número"
        raise ValueError(f"“{texto}” {porque}. Escreva algarismos e, se houver casas, um ponto, como 12.5.")
    if len(texto) > MAIS_ALGARISMOS:
        raise ValueError(f"“{texto}” tem algarismos demais. Use até {MAIS_ALGARISMOS}.")
    return Decimal(texto)


def _nivel(texto: str) -> NivelDeGestao:
    try:
        return NivelDeGestao(texto)
    except ValueError:
        raise ValueError(f"“{texto}” não é um nível de gestão. Escreva {', '.join(NivelDeGestao)}.") from None


def _sim_ou_nao(texto: str) -> bool:
    if texto not in SIM_OU_NAO:
        raise ValueError(f"“{texto}” não responde se aderiu ao SUAS. Escreva sim ou nao.")
    return SIM_OU_NAO[texto]


LEITORES: Mapping[str, Callable[[str], object]] = {
    "codigo_ibge": ler_codigo,
    "uf": ler_uf,
    **{coluna: partial(ler_inteiro, minimo=minimo) for coluna, minimo in INTEIROS.items()},
    **{coluna: partial(_decimal, forma=forma) for coluna, forma in DECIMAIS.items()},
    "nivel_gestao": _nivel,
    "adesao_suas": _sim_ou_nao,
}
