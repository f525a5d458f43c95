"""A fazer de quem responde pelos dados da instalação."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from suas.nucleo.dados_pessoais import consultas, permissoes
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela.afazer import Pendencia
from suas.nucleo.tela.filtros import plural


def pedidos_a_responder(ator: Ator, hoje: date) -> Iterator[Pendencia]:
    """Uma linha, se há pedido à espera e o ator responde na instalação."""
    if not permissoes.pode(ator, Permissao.DADO_PESSOAL_APAGAR):
        return
    if quantos := consultas.pedidos_abertos().count():
        yield Pendencia(
            titulo="Pedidos sobre dados pessoais",
            situacao=f"{plural(quantos, 'pedido espera', 'pedidos esperam')} resposta",
            por_que="A pessoa tem direito a resposta sobre os próprios dados (LGPD, art. 18).",
            endereco=reverse("dados-pedidos"),
            acao="Responder",
        )
