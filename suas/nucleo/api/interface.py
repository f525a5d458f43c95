"""A interface de programação montada: os `api.py` que os módulos declaram (`modulos.registrar`) viram endereços.

O `api.py` do módulo tem `rotas = Router(tags=[...])`, e cada recurso é uma função que devolve `respostas.objeto`,
`paginas.paginar` ou levanta `Problema`.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from functools import cache, wraps
from importlib import import_module
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from suas.nucleo.api import modulos, openapi, validacao
from suas.nucleo.api.problemas import Problema, da_falha, protocolo_de, responder

VERSAO = "1.0.0"
TITULO = "Rede SUAS aberta: interface de programação"
DESCRICAO = (
    "Lê e escreve o que as telas leem e escrevem, pelos mesmos atos e com as mesmas permissões. Sem chave, lê-se o que "
    "é público. Dinheiro vem em centavos inteiros; taxas e índices, em texto decimal exato; datas, em ISO 8601."
)
registro = logging.getLogger(__name__)


class _CorpoLido(Parser):
    """O corpo já foi lido e conferido na porta."""

    def parse_body(self, request: Any) -> Any:
        return request.corpo


class _Interface(NinjaAPI):
    def get_openapi_schema(self, **_: Any) -> Any:
        return openapi.acertar(super().get_openapi_schema(path_prefix="api/v1"))


@cache
def montada() -> NinjaAPI:
    """A interface com os recursos de todos os módulos, na ordem em que se apresentam."""
    interface = _Interface(
        title=TITULO,
        version=VERSAO,
        description=DESCRICAO,
        openapi_url=None,
        docs_url=None,
        parser=_CorpoLido(),
        urls_namespace="api",
    )
    for modulo in modulos.em_ordem():
        interface.add_router("", import_module(modulo).rotas)
    _recusas(interface)
    return interface


@cache
def esquema() -> dict[str, Any]:
    """O OpenAPI da interface montada."""
    return dict(montada().get_openapi_schema())


@cache
def resumo_do_esquema() -> str:
    """O SHA-256 do OpenAPI: muda quando a interface muda."""
    return hashlib.sha256(json.dumps(esquema(), sort_keys=True).encode()).hexdigest()[:32]


def enderecos() -> list[URLPattern]:
    """As rotas, abertas a quem não entrou: quem confere a chave é a porta (`intermediarios.PortaDaApi`)."""
    rotas = [rota for rota in montada().urls[0] if isinstance(rota, URLPattern) and rota.name != "api-root"]
    for rota in rotas:
        rota.callback = _porteiro(rota.callback, str(rota.name))
    return rotas


@cache
def _parametros() -> dict[str, dict[str, set[str]]]:
    """Os parâmetros de consulta que cada rota conhece, por método."""
    operacoes = {
        operacao["operationId"]: {p["name"] for p in operacao["parameters"] if p["in"] == "query"}
        for metodos in esquema()["paths"].values()
        for operacao in metodos.values()
    }
    conhecidos: dict[str, dict[str, set[str]]] = {}
    for vinculado in montada()._get_bound_routers():
        for caminho in vinculado.path_operations.values():
            for operacao in caminho.operations:
                for metodo in operacao.methods:
                    por_metodo = conhecidos.setdefault(str(operacao.url_name), {})
                    por_metodo[metodo] = operacoes[str(operacao.operation_id)]
    return conhecidos


def _porteiro(view: Callable[..., HttpResponse], rota: str) -> Callable[..., HttpResponse]:
    """A view aberta a quem não entrou, que recusa parâmetro que ninguém conhece."""

    @wraps(view)
    def com_porteiro(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # filtro com o nome errado traria tudo, em silêncio
        conhecidos = _parametros()[rota]
        estranhos = sorted(set(request.GET) - conhecidos.get(str(request.method), set(request.GET)))
        if estranhos:
            achados = [{"type": "extra_forbidden", "loc": ("query", nome[:60])} for nome in estranhos]
            return responder(request, validacao.em_palavras(achados))
        return view(request, *args, **kwargs)

    com_porteiro.login_required = False  # type: ignore[attr-defined]
    return com_porteiro


def exigir_chave(request: Any) -> bool:
    """Para `auth=`: recusa (401) quem pede sem chave o que não é público."""
    if request.chave is None:
        raise Problema(401)
    return True


def exigir_escrita(request: Any) -> bool:
    """Para `auth=`: recusa (401) sem chave e (403) com chave que só lê."""
    exigir_chave(request)
    if not request.chave.pode_escrever:
        raise Problema(403, f"A chave “{request.chave.nome}” só lê. Crie uma que também escreva, na sua conta.")
    return True


def _recusas(interface: NinjaAPI) -> None:
    """Toda exceção que sai de um recurso vira problem+json."""

    def do_problema(request: HttpRequest, exc: Problema) -> HttpResponse:
        return responder(request, exc)

    def da_validacao(request: HttpRequest, exc: ValidationError) -> HttpResponse:
        return responder(request, validacao.em_palavras(exc.errors))

    def nao_ha(request: Any, exc: Http404) -> HttpResponse:
        detalhe = "Não há nada neste endereço, ou está fora da abrangência do vínculo da chave."
        if request.chave is None:
            detalhe = "Não há nada público neste endereço. Se é da sua abrangência, mande a sua chave."
        return responder(request, Problema(404, detalhe))

    def sem_poder(request: HttpRequest, exc: PermissionDenied) -> HttpResponse:
        return responder(request, Problema(403, str(exc)))

    def do_ninja(request: HttpRequest, exc: HttpError) -> HttpResponse:
        return responder(request, Problema(exc.status_code))

    def falha(request: HttpRequest, exc: Exception) -> HttpResponse:
        registro.error(
            "Protocolo %s: falha em %s %s", protocolo_de(request), request.method, request.path, exc_info=exc
        )
        return responder(request, da_falha(exc))

    for excecao, tratar in (
        (Problema, do_problema),
        (ValidationError, da_validacao),
        (Http404, nao_ha),
        (PermissionDenied, sem_poder),
        (HttpError, do_ninja),
        (Exception, falha),
    ):
        interface.add_exception_handler(excecao, tratar)  # type: ignore[arg-type]
