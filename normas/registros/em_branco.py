"""O formulário em branco, em texto, na ordem impressa: para ler, copiar e preencher à mão."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from normas.registros.formulario import Bloco, Desdobramento, Item, Versao

LARGURA = 100
EM_BRANCO = "______"


def em_branco(versao: Versao) -> str:
    """Cabeçalho, blocos, itens com lugar para o número, quadrinhos e rodapé."""
    return "\n".join(_linhas(versao))


def _linhas(versao: Versao) -> Iterator[str]:
    yield f"{versao.nome} ({versao.formulario})"
    yield from textwrap.wrap(f"Versão {versao.versao}, desde {versao.desde}. {versao.fundamento}.", LARGURA)
    yield ""
    yield from (f"{campo}: {EM_BRANCO * 4}" for campo in versao.cabecalho)
    for bloco in versao.blocos:
        yield from _do_bloco(bloco, versao)
    yield ""
    yield from (f"{campo}: {EM_BRANCO * 4}" for campo in versao.rodape)


def _do_bloco(bloco: Bloco, versao: Versao) -> Iterator[str]:
    yield ""
    yield from textwrap.wrap(f"BLOCO {bloco.codigo}. {bloco.titulo}", LARGURA)
    if bloco.opcional:
        yield f"[ ] {bloco.opcional}"
    for secao in bloco.secoes:
        yield ""
        yield from textwrap.wrap(f"{secao.codigo}. {secao.titulo}", LARGURA)
        yield from textwrap.wrap(secao.ajuda, LARGURA, initial_indent="  ", subsequent_indent="  ")
        for codigo in secao.itens:
            yield from _do_item(versao.itens[codigo])


def _do_item(item: Item) -> Iterator[str]:
    *antes, ultima = textwrap.wrap(f"{item.codigo}  {item.rotulo}", LARGURA - 10, subsequent_indent="     ")
    yield from antes
    yield f"{ultima.ljust(LARGURA - 10, '.')} {EM_BRANCO}"
    yield from textwrap.wrap(item.ajuda, LARGURA, initial_indent="     ", subsequent_indent="     ")
    if item.desdobramento:
        yield from _dos_quadrinhos(item.desdobramento)


def _dos_quadrinhos(desdobramento: Desdobramento) -> Iterator[str]:
    recuo = " " * 5
    for sexo in desdobramento.sexos:
        # O espaço que não quebra mantém a faixa junto do lugar do número.
        quadrinhos = [f"{faixa.nome} {EM_BRANCO}".strip().replace(" ", "\xa0") for faixa in desdobramento.faixas]
        linhas = textwrap.wrap(
            f"{sexo}: {'  '.join(quadrinhos)}", LARGURA, initial_indent=recuo, subsequent_indent=recuo * 2
        )
        yield from (linha.replace("\xa0", " ") for linha in linhas)
