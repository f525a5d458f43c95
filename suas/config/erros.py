"""Páginas de erro: a falha do sistema ganha um protocolo, que está no registro do servidor com a falha inteira."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse

from suas.nucleo.api.problemas import Problema, da_falha, e_da_api, protocolo_de, responder
from suas.nucleo.identidade import lugares
from suas.nucleo.identidade.consultas import vinculos_vigentes
from suas.nucleo.identidade.guardado import oferecer_de_novo
from suas.nucleo.permissoes.recusa import SemPermissao

registro = logging.getLogger(__name__)


def pedido_estranho(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: o endereço não é o da instalação, ou o envio passa do tamanho. Não lê o pedido, que pode ser forjado."""
    if e_da_api(request.path_info):
        return responder(request, Problema(400))
    motivo = "ilegivel"
    if isinstance(exception, DisallowedHost):
        motivo = "endereco"
    elif isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        motivo = "tamanho"
    return HttpResponse(get_template("400.jinja").render({"motivo": motivo}), status=400)


def nao_encontrada(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404. A quem não entrou, diz onde entrar: o endereço pode ser de uma partilha que ainda não é pública."""
    if e_da_api(request.path_info):
        return responder(request, Problema(404))
    pessoa = getattr(request, "user", None)
    entrou = pessoa is not None and pessoa.is_authenticated
    entrada = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    return render(request, "404.jinja", {"entrada": "" if entrou else entrada}, status=404)


def tentativas_demais(request: HttpRequest) -> HttpResponse:
    """429: pedidos demais à entrada ou à troca de senha, vindos do mesmo lugar."""
    return HttpResponse(get_template("429.jinja").render(), status=429)


class MetodoEmPalavras:
    """Troca a resposta 405, que vem vazia, por uma página: quem abre o endereço de um ato lê o que fazer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        resposta = self.get_response(request)
        if resposta.status_code == 405 and not resposta.content:
            so_envia = request.method in {"GET", "HEAD"}
            resposta.content = get_template("405.jinja").render({"so_envia": so_envia}).encode()
        return resposta


def sem_permissao(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 em palavras: o que faltou, por que vínculo se agia, quem pode e com que outro vínculo voltar."""
    contexto: dict[str, Any] = {"exception": str(exception), "recusa": None, "outros": [], "vinculo": None}
    ator = getattr(request, "ator", None)
    if ator is not None and ator.vinculo is not None:
        contexto["vinculo"] = ator.vinculo
    if isinstance(exception, SemPermissao):
        contexto["recusa"] = exception
        contexto["onde"] = lugares.nome(exception.em) if exception.em else ""
        if ator is not None and ator.pessoa is not None:
            vigentes = vinculos_vigentes(ator.pessoa, em=request.hoje)
            contexto["outros"] = [v for v in vigentes if v != ator.vinculo and exception.serve(v)]
            contexto["voltar"] = _onde_estava(request)
    return render(request, "403.jinja", contexto, status=403)


def _onde_estava(request: HttpRequest) -> str:
    """A página a que se volta com outro vínculo: esta; depois de um envio, a que tinha o formulário."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    de = urlsplit(request.headers.get("referer", ""))
    if de.netloc != request.get_host() or de.path.startswith("//"):
        return "/"
    return f"{de.path}?{de.query}" if de.query else de.path


def formulario_vencido(request: HttpRequest, reason: str = "") -> HttpResponse:
    """O código do formulário não vale mais: se veio daqui, devolve o que foi escrito; senão, recusa (403)."""
    if devolvido := oferecer_de_novo(request, reason):
        return devolvido
    return HttpResponse(get_template("403_csrf.jinja").render({"voltar": _onde_estava(request)}), status=403)


def falha(request: HttpRequest) -> HttpResponse:
    """500, ou 503 se o banco não respondeu, sem tocar em sessão, banco ou menu, que podem ser o que falhou."""
    protocolo = protocolo_de(request)
    registro.error("Protocolo %s: falha em %s %s", protocolo, request.method, request.path, exc_info=True)
    problema = da_falha(sys.exc_info()[1])
    if e_da_api(request.path_info):
        return responder(request, problema)
    contexto = {"protocolo": protocolo, "caminho": request.path}
    if problema.situacao == 503:
        return HttpResponse(get_template("503.jinja").render(contexto), status=503, headers=problema.cabecalhos)
    return HttpResponse(get_template("500.jinja").render(contexto), status=500)
