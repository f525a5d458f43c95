"""A recusa que um programa lê: problem+json (RFC 9457) em português, com o número do protocolo."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

RAIZ = "/api/v1/"
TIPO = "application/problem+json"
#: Segundos até tentar de novo quando o banco não responde.
ESPERA_PELO_BANCO = "60"
#: Situação → (título, o que fazer). A página da interface mostra esta mesma tabela.
TITULOS: Mapping[int, tuple[str, str]] = {
    400: ("O pedido não se lê", "Confira a forma do pedido: endereço, consulta e JSON do corpo."),
    401: ("Falta uma chave que valha", "Mande a chave no cabeçalho Authorization: Bearer CHAVE."),
    403: ("O vínculo ou a chave não permite", "Use uma chave de quem pode fazer isso."),
    404: ("Não existe, ou está fora da abrangência", "Confira o endereço e a abrangência do vínculo da chave."),
    405: ("O endereço não aceita este método", "O cabeçalho Allow diz os métodos que ele aceita."),
    406: ("A resposta é sempre em JSON", "Peça Accept: application/json, ou não mande Accept."),
    409: ("O ato não cabe agora", "Leia o motivo, acerte o que ele diz e peça de novo."),
    412: ("Mudou desde que foi lido", "Leia de novo, confira o que mudou e mande o ETag novo em If-Match."),
    413: ("O corpo é grande demais", "Mande menos de cada vez."),
    415: ("O corpo precisa ser JSON", "Mande Content-Type: application/json."),
    422: ("Há campos que não servem", "A lista “erros” diz cada campo e o que escrever nele."),
    428: ("Falta dizer que versão foi lida", "Leia o objeto e mande em If-Match o ETag que ele trouxe."),
    429: ("Pedidos demais", "Espere os segundos do cabeçalho Retry-After."),
    500: ("Falha do sistema", "Tente de novo; se continuar, informe o protocolo a quem opera a instalação."),
    503: ("O banco de dados não respondeu", "Nada foi gravado. Espere os segundos do cabeçalho Retry-After e repita."),
}


@dataclass(frozen=True, kw_only=True)
class Erro:
    """O que há de errado num campo do corpo ou da consulta."""

    campo: str
    mensagem: str


class Problema(Exception):
    """O pedido recusado: a situação HTTP, o detalhe em palavras e, quando cabe, o erro de cada campo."""

    def __init__(
        self,
        situacao: int,
        detalhe: str = "",
        *,
        erros: Iterable[Erro] = (),
        cabecalhos: Mapping[str, str] | None = None,
    ) -> None:
        self.situacao = situacao
        self.detalhe = detalhe or TITULOS[situacao][1]
        self.erros = tuple(erros)
        self.cabecalhos = dict(cabecalhos or {})
        super().__init__(situacao, self.detalhe)


def e_da_api(caminho: str) -> bool:
    """O endereço é da interface de programação? A página que a explica, na raiz, é uma tela como as outras."""
    return caminho.startswith(RAIZ) and caminho != RAIZ


def protocolo_de(request: HttpRequest) -> str:
    """O protocolo do pedido: o que já tem, ou um novo."""
    dado = getattr(request, "protocolo", "")
    if not dado:
        dado = request.protocolo = secrets.token_hex(4).upper()  # type: ignore[attr-defined]
    return str(dado)


def da_falha(erro: BaseException | None) -> Problema:
    """503 se o banco não respondeu, dizendo quando tentar; senão, 500."""
    if isinstance(erro, OperationalError | InterfaceError):
        return Problema(503, cabecalhos={"Retry-After": ESPERA_PELO_BANCO})
    return Problema(500)


def responder(request: HttpRequest, problema: Problema) -> HttpResponse:
    """O problema como resposta. A 401 diz como entrar (RFC 9110, 11.6.1)."""
    situacao = problema.situacao
    titulo = TITULOS.get(situacao, TITULOS[400])[0]
    corpo: dict[str, Any] = {
        "type": f"{RAIZ}#problema-{situacao}",
        "title": titulo,
        "status": situacao,
        "detail": problema.detalhe,
        "instance": quote(request.path),
        "protocolo": protocolo_de(request),
    }
    if problema.erros:
        corpo["erros"] = [{"campo": erro.campo, "mensagem": erro.mensagem} for erro in problema.erros]
    resposta = HttpResponse(json.dumps(corpo, ensure_ascii=False), status=situacao, content_type=TIPO)
    resposta["Cache-Control"] = "no-store"
    resposta["X-Protocolo"] = corpo["protocolo"]
    if situacao == 401:
        resposta["WWW-Authenticate"] = 'Bearer realm="redesuas"'
    for nome, valor in problema.cabecalhos.items():
        resposta[nome] = valor
    return resposta
