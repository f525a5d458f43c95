"""Chaves sintéticas e um cliente que fala como programa."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from suas.nucleo.api import acoes
from suas.nucleo.permissoes.ator import Ator


def criar_chave(por: Ator, *, pode_escrever: bool = False, em: datetime | None = None) -> acoes.ChaveCriada:
    em = em or timezone.now()  # noqa: TID251
    return acoes.criar_chave(nome="Programa de teste", dias=90, pode_escrever=pode_escrever, por=por, em=em)


class Programa:
    """Um programa com uma chave, ou sem nenhuma."""

    def __init__(self, chave: acoes.ChaveCriada | None = None) -> None:
        self.cliente = Client(headers={"Authorization": f"Bearer {chave.texto}"} if chave else {})

    def get(self, caminho: str, **cabecalhos: str) -> HttpResponse:
        return self.cliente.get(f"/api/v1{caminho}", headers=_nomes(cabecalhos))

    def enviar(self, metodo: str, caminho: str, corpo: Any, **cabecalhos: str) -> HttpResponse:
        enviar = getattr(self.cliente, metodo)
        return enviar(f"/api/v1{caminho}", corpo, content_type="application/json", headers=_nomes(cabecalhos))


def _nomes(cabecalhos: dict[str, str]) -> dict[str, str]:
    return {nome.replace("_", "-"): valor for nome, valor in cabecalhos.items()}
