"""Confere os arquivos de parâmetros: fonte, unidade, ordem das vigências, data da conferência."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from normas.parametros.leitura import EVIDENCIAS, PASTA, arquivo_de, nomes

CHAVES = {"descricao", "unidade", "valores", "conferido"}
CHAVES_DO_VALOR = {"desde", "valor", "fundamento"}
OPCIONAIS_DO_VALOR = {"ate", "evidencia", "observacao"}
CHAVES_DA_CONFERENCIA = {"em", "por", "rever_ate"}


def faltas_do_arquivo(arquivo: Path) -> list[str]:
    """Lista, em frases, o que falta num arquivo de parâmetro; lista vazia quando está completo."""
    dados = yaml.safe_load(arquivo.read_text(encoding="utf-8"))
    if not isinstance(dados, dict):
        return ["O arquivo não tem chaves e valores."]
    if set(dados) != CHAVES:
        return [f"As chaves são {_lista(CHAVES)}; o arquivo tem {_lista(dados)}."]
    faltas = [f"“{chave}” está vazio." for chave in ("descricao", "unidade") if not dados[chave]]
    valores = dados["valores"]
    if not isinstance(valores, list) or not valores:
        return [*faltas, "“valores” precisa de ao menos uma linha."]
    for numero, linha in enumerate(valores, start=1):
        faltas += [f"Valor {numero}: {falta}" for falta in _faltas_do_valor(linha)]
    if not faltas:
        faltas += _faltas_de_ordem(valores)
    return faltas + _faltas_da_conferencia(dados["conferido"])


def _faltas_do_valor(linha: Any) -> list[str]:
    if not isinstance(linha, dict) or not CHAVES_DO_VALOR.issubset(linha):
        return [f"precisa de {_lista(CHAVES_DO_VALOR)}."]
    faltas = []
    if sobras := set(linha) - CHAVES_DO_VALOR - OPCIONAIS_DO_VALOR:
        faltas.append(f"não se conhece {_lista(sobras)}.")
    faltas += [
        f"“{chave}” não é uma data."
        for chave in ("desde", "ate")
        if chave in linha and not isinstance(linha[chave], date)
    ]
    fonte = linha["fundamento"]
    if not isinstance(fonte, dict) or set(fonte) != {"norma", "dispositivo"}:
        faltas.append("o fundamento tem norma e dispositivo.")
    elif not all(isinstance(texto, str) and texto for texto in fonte.values()):
        faltas.append("a norma e o dispositivo do fundamento são textos.")
    if linha["valor"] is None:
        faltas.append("o valor está vazio.")
    if linha.get("evidencia", EVIDENCIAS[0]) not in EVIDENCIAS:
        faltas.append(f"a evidência é {_lista(EVIDENCIAS)}.")
    return faltas


def _faltas_de_ordem(valores: list[dict[str, Any]]) -> list[str]:
    faltas = [
        f"Valor {numero}: o fim da vigência vem depois do começo."
        for numero, linha in enumerate(valores, start=1)
        if "ate" in linha and linha["ate"] <= linha["desde"]
    ]
    for numero, (antes, depois) in enumerate(pairwise(valores), start=2):
        if "ate" not in antes or antes["ate"] > depois["desde"]:
            faltas.append(f"Valor {numero}: começa antes de terminar o valor anterior.")
    return faltas


def _faltas_da_conferencia(conferido: Any) -> list[str]:
    if not isinstance(conferido, dict) or set(conferido) != CHAVES_DA_CONFERENCIA:
        return [f"“conferido” tem {_lista(CHAVES_DA_CONFERENCIA)}."]
    if not all(isinstance(conferido[chave], date) for chave in ("em", "rever_ate")):
        return ["“conferido.em” e “conferido.rever_ate” são datas."]
    if conferido["rever_ate"] <= conferido["em"]:
        return ["“conferido.rever_ate” vem depois de “conferido.em”."]
    return [] if conferido["por"] else ["“conferido.por” está vazio."]


def faltas() -> dict[str, list[str]]:
    """Nome de cada parâmetro incompleto e suas faltas; vazio quando todos estão completos."""
    achadas = {nome: faltas_do_arquivo(arquivo_de(nome)) for nome in nomes()}
    return {nome: lista for nome, lista in achadas.items() if lista}


def conferencias_vencidas(*, em: date) -> list[str]:
    """Avisos, um por parâmetro cujo prazo de nova conferência já passou no dia `em`."""
    avisos = []
    for nome in nomes():
        conferido = yaml.safe_load(arquivo_de(nome).read_text(encoding="utf-8"))["conferido"]
        if em > conferido["rever_ate"]:
            avisos.append(
                f"O parâmetro “{nome}” devia ter sido comparado com a lei até "
                f"{conferido['rever_ate']:%d/%m/%Y}. Confira a norma e atualize “conferido” em "
                f"normas/parametros/{arquivo_de(nome).relative_to(PASTA)}."
            )
    return avisos


def _lista(itens: Any) -> str:
    return ", ".join(f"“{item}”" for item in (itens if isinstance(itens, tuple) else sorted(itens)))
