"""Minha conta: cada módulo acrescenta a sua parte à página em que a pessoa cuida do próprio acesso.

    # em ready() do módulo
    conta.registrar_secao(conta.Secao(
        titulo="Chaves da API", resumo="Para outro programa ler pelo seu vínculo.", rota="chaves", acao="Ver as chaves",
    ))

`resumo` é um texto, ou uma função que recebe o pedido e diz a situação (“2 ativas”); `cabe` esconde a seção de quem não
a usa.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True, kw_only=True)
class Secao:
    """Uma parte de Minha conta: o que é, em que pé está e onde se cuida dela."""

    titulo: str
    resumo: str | Callable[[Any], str]
    rota: str
    acao: str
    simbolo: str = "abrir"
    ordem: int = 50
    cabe: Callable[[Any], bool] = lambda request: True


@dataclass(frozen=True, kw_only=True)
class Parte:
    """A seção pronta para a tela."""

    titulo: str
    resumo: str
    endereco: str
    acao: str
    simbolo: str


_secoes: dict[str, Secao] = {}


def registrar_secao(secao: Secao) -> None:
    """Põe a seção na página; registrar de novo o mesmo título substitui."""
    _secoes[secao.titulo] = secao


def secoes(request: HttpRequest) -> list[Parte]:
    """As seções que cabem a quem pede, na ordem."""
    return [
        Parte(
            titulo=secao.titulo,
            resumo=secao.resumo if isinstance(secao.resumo, str) else secao.resumo(request),
            endereco=reverse(secao.rota),
            acao=secao.acao,
            simbolo=secao.simbolo,
        )
        for secao in sorted(_secoes.values(), key=lambda s: (s.ordem, s.titulo))
        if secao.cabe(request)
    ]
