"""Páginas de erro: a falha do sistema ganha um protocolo, que está no registro do servidor com a falha inteira."""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

registro = logging.getLogger(__name__)


def nao_encontrada(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.jinja", status=404)


def sem_permissao(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 com as palavras de quem recusou."""
    return render(request, "403.jinja", {"exception": str(exception)}, status=403)


def formulario_vencido(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(get_template("403_csrf.jinja").render(), status=403)


def falha(request: HttpRequest) -> HttpResponse:
    """500 sem tocar em sessão, banco ou menu, que podem ser o que falhou."""
    protocolo = secrets.token_hex(4).upper()
    registro.error("Protocolo %s: falha em %s %s", protocolo, request.method, request.path, exc_info=True)
    return HttpResponse(get_template("500.jinja").render({"protocolo": protocolo}), status=500)
