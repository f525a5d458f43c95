"""O que as telas curtas têm em comum: um formulário, um ato, e a volta."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from suas.cadastros.entidades.models import Entidade
from suas.nucleo.recusa import AtoRecusado


@dataclass(frozen=True, kw_only=True)
class Tela:
    """As palavras da tela de um formulário curto e para onde se volta."""

    titulo: str
    descricao: str
    enviar: str
    feito: str
    volta: str


def tentar(form: forms.Form, ato: Callable[[], Any]) -> bool:
    """Faz o ato; recusado, a razão vai ao campo dela, e nada do que se digitou se perde."""
    try:
        ato()
    except AtoRecusado as recusa:
        form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        return False
    return True


def atender(
    request: HttpRequest, *, form: forms.Form, ato: Callable[[], Any], tela: Tela, entidade: Entidade
) -> HttpResponse:
    """Mostra o formulário e, enviado, faz o ato."""
    if request.method == "POST" and form.is_valid() and tentar(form, ato):
        messages.success(request, tela.feito)
        return redirect(tela.volta)
    return render(request, "entidades/formulario.jinja", {"form": form, "entidade": entidade, "tela": tela})
