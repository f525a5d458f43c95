"""O que as telas curtas têm em comum: um formulário, um ato, e a volta."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from suas.cadastros.entidades.models import Entidade, Inscricao, Oferta
from suas.nucleo.recusa import AtoRecusado


@dataclass(frozen=True, kw_only=True)
class Tela:
    """As palavras da tela de um formulário curto."""

    titulo: str
    descricao: str
    enviar: str
    feito: str


def tentar(form: forms.Form, ato: Callable[[], Any]) -> bool:
    """Faz o ato; recusado, a razão vai ao campo dela, e nada do que se digitou se perde."""
    try:
        ato()
    except AtoRecusado as recusa:
        form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        return False
    return True


def atender(
    request: HttpRequest, *, form: forms.Form, ato: Callable[[], Any], tela: Tela, sobre: Entidade | Oferta | Inscricao
) -> HttpResponse:
    """Mostra o formulário e, enviado, faz o ato e volta à página do que mudou: a inscrição ou a ficha da entidade."""
    if request.method == "POST" and form.is_valid() and tentar(form, ato):
        messages.success(request, tela.feito)
        return redirect(volta(sobre))
    return mostrar(request, form=form, tela=tela, sobre=sobre)


def mostrar(
    request: HttpRequest, *, form: forms.Form, tela: Tela, sobre: Entidade | Oferta | Inscricao
) -> HttpResponse:
    """A tela de um formulário curto."""
    entidade = sobre if isinstance(sobre, Entidade) else sobre.entidade
    contexto = {"form": form, "entidade": entidade, "tela": tela, "volta": volta(sobre)}
    return render(request, "entidades/formulario.jinja", contexto)


def volta(sobre: Entidade | Oferta | Inscricao) -> str:
    """O endereço da inscrição ou, do que está na ficha, o da entidade."""
    if isinstance(sobre, Inscricao):
        return reverse("inscricao", args=[sobre.pk])
    return reverse("entidade", args=[sobre.pk if isinstance(sobre, Entidade) else sobre.entidade_id])
