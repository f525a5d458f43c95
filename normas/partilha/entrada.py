"""Lê e confere a entrada da partilha; aponta todas as faltas, na ordem do arquivo."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from normas.base.numeros import com_virgula
from normas.base.planilha import Falha, Linha, ler_planilha
from normas.partilha.municipio import Municipio, NivelDeGestao, Origem
from normas.partilha.opcoes import Opcoes
from normas.territorio.federacao import DISTRITO_FEDERAL, UF_POR_SIGLA

_CODIGO = re.compile(r"[0-9]{7}")
_INTEIRO = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
_DECIMAL_COM_SINAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MAIS_ALGARISMOS_INTEIROS = 15
MAIS_ALGARISMOS_DECIMAIS = 40

INTEIROS = {"populacao": 1, "populacao_vulneravel": 0, "familias": 1, "familias_pobres": 0,
            "cras_cofinanciados": 0}  # fmt: skip
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
    leitura = conferir_linhas(
        linhas=planilha.linhas, opcoes=opcoes, ordem_das_colunas=planilha.colunas
    )
    # sorted é estável: dentro da linha vale a ordem em que as faltas foram achadas.
    falhas = sorted((*planilha.falhas, *leitura.falhas), key=lambda falha: falha.linha)
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
    erro vira `Municipio`; sem `excluir_incompletos`, indicador em branco também é falta.
    """
    colunas = tuple(
        coluna
        for coluna in (ordem_das_colunas or opcoes.colunas_da_entrada)
        if coluna in opcoes.colunas_da_entrada
    )
    municipios: list[Municipio] = []
    falhas: list[Falha] = []
    vistos: dict[str, int] = {}
    for linha in linhas:
        valores, faltas = _conferir(linha, colunas, opcoes)
        faltas += _faltas_de_relacao(linha, valores, vistos)
        if faltas:
            falhas += sorted(faltas, key=lambda falha: colunas.index(falha.coluna))
            continue
        codigo = linha.celulas["codigo_ibge"]
        if origens and codigo in origens:
            valores["origens"] = origens[codigo]
        municipios.append(Municipio(**valores))
    return Leitura(municipios=tuple(municipios), falhas=tuple(falhas))


def _conferir(
    linha: Linha, colunas: tuple[str, ...], opcoes: Opcoes
) -> tuple[dict[str, Any], list[Falha]]:
    valores: dict[str, Any] = {}
    faltas = []
    for coluna in colunas:
        texto = linha.celulas.get(coluna, "")
        if texto == "" and coluna in opcoes.indicadores and opcoes.excluir_incompletos:
            valores[coluna] = None
            continue
        try:
            valores[coluna] = LEITORES[coluna](coluna, texto)
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


def _faltas_de_relacao(
    linha: Linha, valores: dict[str, Any], vistos: dict[str, int]
) -> list[Falha]:
    """Faltas que só aparecem comparando dois valores da linha, ou a linha com as anteriores."""
    faltas = []
    codigo, uf = valores.get("codigo_ibge"), valores.get("uf")
    if isinstance(codigo, str):
        if codigo in vistos:
            mensagem = f"{codigo} já está na linha {vistos[codigo]}. Deixe um só."
            faltas.append(_falha(linha, "codigo_ibge", mensagem))
        else:
            vistos[codigo] = linha.numero
        if isinstance(uf, str) and codigo[:2] != UF_POR_SIGLA[uf].codigo:
            mensagem = (
                f"{uf} não é a UF do município {codigo}: os códigos de {uf} começam por "
                f"{UF_POR_SIGLA[uf].codigo}. Confira o código e a UF."
            )
            faltas.append(_falha(linha, "uf", mensagem))
    faltas += _parte_maior_que_o_todo(
        linha, valores, "populacao_vulneravel", "populacao", "A população vulnerável", "a população"
    )
    faltas += _parte_maior_que_o_todo(
        linha, valores, "familias_pobres", "familias", "As famílias pobres", "as famílias"
    )
    nivel = valores.get("nivel_gestao")
    if isinstance(uf, str) and isinstance(nivel, NivelDeGestao):
        if mensagem := _nivel_que_nao_cabe(uf, nivel):
            faltas.append(_falha(linha, "nivel_gestao", mensagem))
    return faltas


def _nivel_que_nao_cabe(uf: str, nivel: NivelDeGestao) -> str:
    if nivel is NivelDeGestao.NAO_HABILITADO:
        return ""
    if uf == DISTRITO_FEDERAL and nivel is not NivelDeGestao.DF:
        return f"O Distrito Federal não tem gestão “{nivel}”. Escreva df ou nao_habilitado."
    if uf != DISTRITO_FEDERAL and nivel is NivelDeGestao.DF:
        return (
            f"“df” é só do Distrito Federal, e a UF é {uf}. "
            "Escreva nao_habilitado, inicial, basica ou plena."
        )
    return ""


def _parte_maior_que_o_todo(
    linha: Linha, valores: dict[str, Any], parte: str, todo: str, da_parte: str, do_todo: str
) -> list[Falha]:
    menor, maior = valores.get(parte), valores.get(todo)
    if not isinstance(menor, int) or not isinstance(maior, int) or menor <= maior:
        return []
    mensagem = (
        f"{da_parte} ({com_virgula(menor)}) não pode ser mais do que {do_todo} "
        f"({com_virgula(maior)}). Confira os dois números."
    )
    return [_falha(linha, parte, mensagem)]


def _codigo(coluna: str, texto: str) -> str:
    if not _CODIGO.fullmatch(texto):
        raise ValueError(
            f"“{texto}” não é um código de município. O código tem 7 algarismos, como 3205309."
        )
    return texto


def _uf(coluna: str, texto: str) -> str:
    if texto not in UF_POR_SIGLA:
        raise ValueError(f"“{texto}” não é uma UF. Escreva a sigla em maiúsculas, como ES.")
    return texto


def _inteiro(coluna: str, texto: str) -> int:
    minimo = INTEIROS[coluna]
    if texto == "":
        raise ValueError("Falta o número. Escreva só algarismos, como 1234.")
    if not _INTEIRO.fullmatch(texto):
        raise ValueError(
            f"“{texto}” não é um número inteiro. Escreva só algarismos, sem ponto, vírgula ou "
            "espaço, como 1234."
        )
    if len(texto) > MAIS_ALGARISMOS_INTEIROS:
        raise ValueError(f"“{texto}” tem algarismos demais. Confira o número.")
    if int(texto) < minimo:
        raise ValueError(f"“{texto}” é menos do que o mínimo, que é {minimo}. Confira o número.")
    return int(texto)


def _decimal(coluna: str, texto: str) -> Decimal:
    if texto == "":
        raise ValueError("Falta o número. Escreva com ponto decimal, como 12.5.")
    if not DECIMAIS[coluna].fullmatch(texto):
        negativo = DECIMAIS[coluna] is _DECIMAL and _DECIMAL_COM_SINAL.fullmatch(texto)
        porque = "é negativo" if negativo else "não é um número"
        raise ValueError(
            f"“{texto}” {porque}. Escreva algarismos e, se houver casas, um ponto, como 12.5."
        )
    if len(texto) > MAIS_ALGARISMOS_DECIMAIS:
        raise ValueError(f"“{texto}” tem algarismos demais. Use até {MAIS_ALGARISMOS_DECIMAIS}.")
    return Decimal(texto)


def _nivel(coluna: str, texto: str) -> NivelDeGestao:
    try:
        return NivelDeGestao(texto)
    except ValueError:
        raise ValueError(
            f"“{texto}” não é um nível de gestão. Escreva {', '.join(NivelDeGestao)}."
        ) from None


def _sim_ou_nao(coluna: str, texto: str) -> bool:
    if texto not in SIM_OU_NAO:
        raise ValueError(f"“{texto}” não responde se aderiu ao SUAS. Escreva sim ou nao.")
    return SIM_OU_NAO[texto]


LEITORES: Mapping[str, Callable[[str, str], object]] = {
    "codigo_ibge": _codigo,
    "uf": _uf,
    **dict.fromkeys(INTEIROS, _inteiro),
    **dict.fromkeys(DECIMAIS, _decimal),
    "nivel_gestao": _nivel,
    "adesao_suas": _sim_ou_nao,
}
