"""Responder JSON com a versão do que se leu (ETag), e conferir a versão antes de escrever."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from suas.nucleo.api.problemas import Problema

_MARCA = re.compile(r'(?:W/)?"([^"]*)"')


def objeto(
    request: HttpRequest, dados: Mapping[str, Any], *, situacao: int = 200, cabecalhos: Mapping[str, str] | None = None
) -> HttpResponse:
    """Um objeto, com ETag forte; 304 se quem pede já tem esta versão."""
    conteudo = em_json(dados)
    return _com_versao(request, conteudo, f'"{versao_de(dados)}"', situacao, cabecalhos)


def lista(request: HttpRequest, dados: Mapping[str, Any], *, cabecalhos: Mapping[str, str]) -> HttpResponse:
    """Uma página de lista, com ETag fraco: igual no que diz, talvez não em cada byte."""
    conteudo = em_json(dados)
    return _com_versao(request, conteudo, f'W/"{_resumo(conteudo)}"', 200, cabecalhos)


def arquivo_json(request: HttpRequest, conteudo: bytes, *, versao: str) -> HttpResponse:
    """Bytes que já são JSON e não se mexem, como a memória canônica; `versao` é o resumo deles."""
    return _com_versao(request, conteudo, f'"{versao}"', 200, None)


def em_json(dados: Any) -> bytes:
    return json.dumps(dados, ensure_ascii=False, separators=(",", ":")).encode()


def versao_de(dados: Mapping[str, Any]) -> str:
    """A versão de um objeto: o resumo do que ele diz, sem as aspas do ETag."""
    return _resumo(em_json(dados))


def exigir_versao(request: HttpRequest, atual: Mapping[str, Any]) -> None:
    """Só escreve quem diz que leu o objeto como está agora.

    Sem If-Match é 428; com outra versão é 412. O “W/” que o gzip põe no ETag a caminho não conta: a marca é da versão
    do objeto, não dos bytes (ADR 0032).
    """
    pedido = request.headers.get("If-Match", "").strip()
    if not pedido:
        raise Problema(
            428,
            "Leia o objeto primeiro e mande em If-Match o ETag que ele trouxe: assim ninguém apaga, "
            "sem ver, o que outra pessoa acabou de mudar.",
        )
    if pedido != "*" and versao_de(atual) not in _MARCA.findall(pedido):
        raise Problema(
            412,
            "O objeto mudou depois que você o leu. Leia de novo, confira o que mudou e mande o ETag "
            "novo em If-Match. Nada foi gravado.",
        )


def _com_versao(
    request: HttpRequest, conteudo: bytes, etag: str, situacao: int, cabecalhos: Mapping[str, str] | None
) -> HttpResponse:
    if request.method == "GET" and _ja_tem(request, etag):
        resposta = HttpResponse(status=304)
        del resposta["Content-Type"]
    else:
        resposta = HttpResponse(conteudo, status=situacao, content_type="application/json")
    resposta["ETag"] = etag
    resposta["Cache-Control"] = "private, no-cache" if getattr(request, "chave", None) else "no-cache"
    for nome, valor in (cabecalhos or {}).items():
        resposta[nome] = valor
    return resposta


def _ja_tem(request: HttpRequest, etag: str) -> bool:
    """If-None-Match compara sem olhar o “W/” (RFC 9110, 13.1.2)."""
    pedido = request.headers.get("If-None-Match", "").strip()
    achado = _MARCA.fullmatch(etag)
    return pedido == "*" or (achado is not None and achado[1] in _MARCA.findall(pedido))


def _resumo(conteudo: bytes) -> str:
    return hashlib.sha256(conteudo).hexdigest()[:32]
