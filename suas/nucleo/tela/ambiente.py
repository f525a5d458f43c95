"""Ambiente Jinja2: o que toda tela pode chamar sem pedir."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from suas.nucleo.planilhas.saida import ROTULOS
from suas.nucleo.tela import filtros
from suas.nucleo.tela.enderecos import endereco_fixo, estatico


def url(nome: str, *args: Any, **kwargs: Any) -> str:
    """Endereço da rota `nome`; nome ou argumento errado levanta `NoReverseMatch`."""
    if not args and not kwargs:
        return endereco_fixo(nome)
    return reverse(nome, args=args or None, kwargs=kwargs or None)


def url_com(request: HttpRequest, **mudancas: Any) -> str:
    """Endereço da própria página com a consulta mudada; `None` retira o parâmetro.

    Guarda filtro, ordem e página no endereço, para copiar, voltar e mandar a alguém.
    """
    consulta = request.GET.copy()
    for nome, valor in mudancas.items():
        if valor is None:
            consulta.pop(nome, None)
        else:
            consulta[nome] = str(valor)
    texto = urlencode([(nome, valor) for nome, valores in consulta.lists() for valor in valores])
    return f"{request.path}?{texto}" if texto else request.path


def ambiente(**options: Any) -> Environment:
    """Cria o ambiente com as opções do Django; nome que não existe na tela é erro, não vazio."""
    options["undefined"] = StrictUndefined
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = Environment(**options)  # o motor do Django já ligou o escape automático
    env.globals.update(url=url, url_com=url_com, static=estatico, formatos_de_saida=ROTULOS)
    env.filters.update(filtros.FILTROS)
    return env
