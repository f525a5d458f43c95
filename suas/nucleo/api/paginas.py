"""Listas em páginas: cada uma começa depois da última linha da anterior, e não muda se entrar linha no meio."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from suas.nucleo.api import respostas
from suas.nucleo.api.problemas import Problema

if TYPE_CHECKING:
    from suas.nucleo.api.esquemas import Consulta

MAIOR = 500
PADRAO = 100
_SAL = "suas.nucleo.api.cursor"


def paginar(
    request: HttpRequest,
    consulta: QuerySet[Any, Any],
    *,
    ordem: Sequence[str],
    limite: int,
    cursor: str | None,
    linha: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
    avisos: Iterable[str] = (),
) -> HttpResponse:
    """A página de uma consulta em `.values()`.

    `ordem` são campos dela que, juntos, nunca se repetem; “-” é do maior ao menor. `linha` transforma cada uma para a
    saída. Cursor que não é desta consulta não existe (404).
    """
    campos = [nome.removeprefix("-") for nome in ordem]
    if cursor:
        consulta = consulta.filter(_depois_de(ordem, _abrir(request, cursor, len(ordem))))
    linhas = list(consulta.order_by(*ordem)[: limite + 1])
    proxima = None
    if len(linhas) > limite:
        linhas = linhas[:limite]
        ultimos = [linhas[-1][campo] for campo in campos]
        parametros = request.GET.dict() | {"cursor": _fechar(request, ultimos)}
        proxima = request.build_absolute_uri(f"{request.path}?{urlencode(parametros)}")
    dados = {
        "itens": [linha(item) for item in linhas] if linha else linhas,
        "proxima": proxima,
        "avisos": list(avisos),
    }
    return respostas.lista(request, dados, cabecalhos={"Link": f'<{proxima}>; rel="next"'} if proxima else {})


def acompanhar(
    request: HttpRequest,
    consulta: QuerySet[Any, Any],
    *,
    filtro: Consulta,
    desde: datetime | None,
    mudou: str = "mudada_em",
    linha: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> HttpResponse:
    """A página de uma lista que se acompanha: do que mudou há mais tempo ao que mudou por último, desde um instante.

    `consulta` vem em `.values()`, com `id` e o campo que diz quando mudou. Quem acompanha continua de onde parou.
    """
    achados = consulta.filter(**{f"{mudou}__gte": desde}) if desde else consulta
    return paginar(request, achados, ordem=(mudou, "id"), limite=filtro.limite, cursor=filtro.cursor, linha=linha)


def _depois_de(ordem: Sequence[str], valores: Sequence[Any]) -> Q:
    """As linhas que vêm depois desta, comparando os campos um a um na ordem dada."""
    alternativas, iguais = [], Q()
    for nome, valor in zip(ordem, valores, strict=True):
        campo = nome.removeprefix("-")
        comparacao = "lt" if nome.startswith("-") else "gt"
        alternativas.append(iguais & Q(**{f"{campo}__{comparacao}": valor}))
        iguais &= Q(**{campo: valor})
    return reduce(or_, alternativas)


def _consulta_de(request: HttpRequest) -> str:
    """O que a consulta filtra, sem a página: o cursor de uma não serve a outra."""
    filtros = {nome: valor for nome, valor in request.GET.dict().items() if nome not in {"cursor", "limite"}}
    return hashlib.sha256(f"{request.path}?{urlencode(sorted(filtros.items()))}".encode()).hexdigest()[:16]


def _fechar(request: HttpRequest, valores: Sequence[Any]) -> str:
    textos = [v if isinstance(v, int | str) else str(v) for v in valores]
    return signing.dumps([_consulta_de(request), *textos], salt=_SAL)


def _abrir(request: HttpRequest, cursor: str, quantos: int) -> list[Any]:
    recusa = Problema(404, "Este cursor não é desta consulta. Siga o endereço de “proxima” como veio, ou recomece.")
    try:
        consulta, *valores = signing.loads(cursor, salt=_SAL)
    except (signing.BadSignature, ValueError) as erro:
        raise recusa from erro
    if consulta != _consulta_de(request) or len(valores) != quantos:
        raise recusa
    return list(valores)
