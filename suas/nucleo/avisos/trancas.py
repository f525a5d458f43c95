"""A segunda tranca dos avisos e do correio: o que é da própria pessoa, e tudo para quem alcança a instalação."""

from __future__ import annotations

from suas.nucleo.tranca import PESSOA, Tranca, da_casa, registrar_tranca


def registrar() -> None:
    """Declara as trancas; chamado no `ready` do módulo. O texto local dos modelos não é de ninguém: não a tem."""
    for tabela, coluna in (
        ("avisos_aviso", "pessoa_id"),
        ("avisos_preferencia", "pessoa_id"),
        ("avisos_silencio", "pessoa_id"),
        ("avisos_enderecodevolvido", "titular"),
    ):
        minha = f"({coluna} = {PESSOA} OR {da_casa()})"
        registrar_tranca(Tranca(tabela=tabela, ve=minha, muda=minha))
    minha = f"(pessoa_id = {PESSOA} OR {da_casa()})"
    registrar_tranca(Tranca(tabela="avisos_mensagem", ve=minha, muda=da_casa()))
