"""Ler o corpo de um pedido: JSON estrito, de tamanho e fundura limitados, sem nome repetido."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from suas.nucleo.api.problemas import Problema

MAIOR = 1024 * 1024
FUNDURA = 20
#: Até aqui todo inteiro cabe num número de ponto flutuante.
MAIOR_INTEIRO_EXATO = 2**53
#: Caractere nulo, que o PostgreSQL não guarda, e metade de par UTF-16, que não é texto.
_IMPOSSIVEIS = re.compile("[\x00\ud800-\udfff]")


def ler(request: HttpRequest) -> Any:
    """O corpo já lido; nada, se veio vazio. Erros: `Problema` 413 (grande), 415 (não é JSON) ou 400 (malfeito)."""
    if request.META.get("CONTENT_LENGTH") in {"", "0", None} and "HTTP_TRANSFER_ENCODING" not in request.META:
        return None
    tipo = (request.content_type or "").lower()
    if tipo != "application/json":
        raise Problema(415, f"O corpo veio como “{tipo[:60] or 'nada'}”. Mande Content-Type: application/json.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAIOR:
        raise _grande()
    try:
        dados = request.body
    except RequestDataTooBig as erro:
        raise _grande() from erro
    except UnreadablePostError as erro:
        raise Problema(400, "O corpo não chegou inteiro. Mande de novo.") from erro
    if len(dados) > MAIOR:
        raise _grande()
    return interpretar(dados)


def interpretar(dados: bytes) -> Any:
    """O valor que os bytes dizem. Recusa nome repetido, NaN, Infinity, fundura demais e caractere impossível (400)."""
    try:
        lido = json.loads(
            dados.decode("utf-8"),
            object_pairs_hook=_sem_repetir,
            parse_constant=_sem_constante,
            parse_float=_numero,
        )
        _percorrer(lido, 0)
    except UnicodeDecodeError as erro:
        raise Problema(400, "O corpo não está em UTF-8.") from erro
    except RecursionError as erro:
        raise _fundo() from erro
    except json.JSONDecodeError as erro:
        raise Problema(400, f"O JSON para de fazer sentido na linha {erro.lineno}, coluna {erro.colno}.") from erro
    except ValueError as erro:
        # o Python recusa inteiro com mais de 4.300 algarismos
        raise Problema(400, "Há um número com algarismos demais no corpo.") from erro
    return lido


def _percorrer(valor: Any, fundura: int) -> None:
    if fundura > FUNDURA:
        raise _fundo()
    if isinstance(valor, str) and _IMPOSSIVEIS.search(valor):
        raise Problema(400, "Há no texto um caractere que não se guarda (o nulo, ou metade de um par UTF-16).")
    if isinstance(valor, dict):
        for nome, conteudo in valor.items():
            _percorrer(nome, fundura + 1)
            _percorrer(conteudo, fundura + 1)
    elif isinstance(valor, list):
        for item in valor:
            _percorrer(item, fundura + 1)


def _sem_repetir(pares: list[tuple[str, Any]]) -> dict[str, Any]:
    lido = dict(pares)
    if len(lido) != len(pares):
        nomes = [nome for nome, _ in pares]
        repetido = next(nome for nome in nomes if nomes.count(nome) > 1)
        raise Problema(400, f"O nome “{repetido[:60]}” aparece duas vezes no mesmo objeto: qual dos valores vale?")
    return lido


def _numero(texto: str) -> int | float:
    """Em JSON 2020.0 é inteiro, e alguns programas o escrevem assim; o que não é continua número com casas."""
    numero = float(texto)
    return int(numero) if abs(numero) < MAIOR_INTEIRO_EXATO and numero.is_integer() else numero


def _sem_constante(nome: str) -> Any:
    raise Problema(400, f"{nome} não é número em JSON.")


def _grande() -> Problema:
    return Problema(413, f"O corpo passa de {MAIOR // 1024} kB. Mande menos de cada vez.")


def _fundo() -> Problema:
    return Problema(400, f"O JSON tem mais de {FUNDURA} níveis, um dentro do outro.")
