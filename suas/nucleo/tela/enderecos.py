"""Endereços que não dependem de nada: perguntados dezenas de vezes por página, calculados uma vez por processo."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse


def endereco_fixo(rota: str) -> str:
    """O endereço de uma rota sem argumentos; a que não existe levanta `NoReverseMatch`."""
    return _da_rota(rota, settings.ROOT_URLCONF, get_script_prefix())


def estatico(caminho: str) -> str:
    """O endereço de um arquivo estático."""
    return _do_arquivo(caminho, settings.STATIC_URL)


@cache
def _da_rota(rota: str, rotas: str, prefixo: str) -> str:
    return reverse(rota)


@cache
def _do_arquivo(caminho: str, prefixo: str) -> str:
    return static(caminho)
