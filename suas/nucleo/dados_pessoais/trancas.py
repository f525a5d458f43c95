"""A segunda tranca dos pedidos sobre os próprios dados: os da pessoa, e todos para quem alcança a instalação."""

from __future__ import annotations

from suas.nucleo.tranca import PESSOA, Tranca, da_casa, registrar_tranca


def registrar() -> None:
    """Declara a tranca; chamado no `ready` do módulo."""
    meu = f"(pessoa_id = {PESSOA} OR {da_casa()})"
    registrar_tranca(Tranca(tabela="dados_pessoais_pedido", ve=meu, muda=meu))
