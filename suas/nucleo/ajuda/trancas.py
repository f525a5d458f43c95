"""A segunda tranca dos pedidos de ajuda: vê e muda o pedido quem o fez e quem alcança o território que o atende."""

from __future__ import annotations

from suas.nucleo.tranca import PESSOA, Tranca, alcanca, registrar_tranca


def registrar() -> None:
    """Declara as trancas; chamado no `ready` do módulo. A conversa segue o pedido, que tem a própria tranca."""
    pedido = f"(pessoa_id = {PESSOA} OR {alcanca('com')})"
    registrar_tranca(Tranca(tabela="ajuda_pedido", ve=pedido, muda=pedido))
    do_pedido = "EXISTS (SELECT 1 FROM ajuda_pedido p WHERE p.id = ajuda_resposta.pedido_id)"
    registrar_tranca(Tranca(tabela="ajuda_resposta", ve=do_pedido, muda=do_pedido))
