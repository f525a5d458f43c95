"""As células do mês, uma a uma: cada campo da página tem um nome, e o que mudou em células diferentes se junta.

“i-A.1”                          o número do item; num item desdobrado, o total
“i-B.6|masculino|0 a 12 anos”     um quadrinho
“nao-II”                         a marca do bloco que a unidade não oferta
“j-V3”                           a justificativa de uma regra
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from normas.registros.formulario import Item, Versao
from normas.registros.preenchimento import NAO_OFERTA, TOTAL

Escrito: TypeAlias = int | str
MAIOR_TEXTO = 40
MAIOR_JUSTIFICATIVA = 500
MARCADO = "sim"


@dataclass(frozen=True, slots=True)
class Conflito:
    """A mesma célula escrita por dois: o que ela tem agora e o que se quis pôr."""

    celula: str
    atual: Escrito
    seu: Escrito


def nome_do_item(codigo: str, *partes: str) -> str:
    """“i-A.1” ou, num quadrinho, “i-B.6|masculino|0 a 12 anos”."""
    return "|".join((f"i-{codigo}", *partes))


def nomes(versao: Versao) -> Iterator[str]:
    """Todas as células do formulário, na ordem impressa, sem as justificativas."""
    for bloco in versao.blocos:
        if bloco.opcional:
            yield f"nao-{bloco.codigo}"
        for codigo in bloco.itens:
            yield from do_item(versao.itens[codigo])


def do_item(item: Item) -> Iterator[str]:
    """A célula do item e as dos quadrinhos dele."""
    yield nome_do_item(item.codigo)
    if item.desdobramento is not None:
        for celula in item.desdobramento.celulas:
            yield nome_do_item(item.codigo, celula.sexo, celula.faixa)


def existe(nome: str, *, versao: Versao) -> bool:
    """Diz se a página do formulário tem esta célula."""
    if nome.startswith("j-"):
        return 2 < len(nome) <= 60
    if nome.startswith("nao-"):
        return any(bloco.opcional and bloco.codigo == nome[4:] for bloco in versao.blocos)
    item = versao.itens.get(nome[2:].partition("|")[0]) if nome.startswith("i-") else None
    return item is not None and nome in do_item(item)


def ler(texto: object, *, celula: str) -> Escrito:
    """O que se escreveu numa célula: o número, com ou sem ponto de milhar, ou o texto como veio; vazio, não há."""
    limpo = str(texto).replace("\0", "").strip()  # o nulo colado de um arquivo, que o PostgreSQL não guarda
    if celula.startswith("j-"):
        return limpo[:MAIOR_JUSTIFICATIVA]
    if celula.startswith("nao-"):
        return MARCADO if limpo else ""
    algarismos = limpo.replace(".", "") if limpo.replace(".", "").isdecimal() else limpo
    return int(algarismos) if algarismos.isdecimal() and len(algarismos) <= 9 else limpo[:MAIOR_TEXTO]


def achatar(itens: Mapping[str, Any], justificativas: Mapping[str, str], *, versao: Versao) -> dict[str, Escrito]:
    """Célula → o que está nela; a vazia não vem."""
    celulas: dict[str, Escrito] = {f"nao-{bloco}": MARCADO for bloco in itens.get(NAO_OFERTA, [])}
    for item in versao.itens.values():
        valor = itens.get(item.codigo)
        if isinstance(valor, Mapping):
            celulas[nome_do_item(item.codigo)] = valor.get(TOTAL, "")
            for celula in item.desdobramento.celulas if item.desdobramento else ():
                do_sexo = valor.get(celula.sexo, {})
                escrito = do_sexo.get(celula.faixa, "") if isinstance(do_sexo, Mapping) else ""
                celulas[nome_do_item(item.codigo, celula.sexo, celula.faixa)] = escrito
        elif valor is not None:
            celulas[nome_do_item(item.codigo)] = valor
    celulas |= {f"j-{regra}": texto for regra, texto in justificativas.items()}
    return {nome: escrito for nome, escrito in celulas.items() if escrito != ""}


def montar(celulas: Mapping[str, Escrito], *, versao: Versao) -> tuple[dict[str, Any], dict[str, str]]:
    """Os itens, na forma que `ler_objeto` lê, e as justificativas."""
    itens: dict[str, Any] = {}
    for item in versao.itens.values():
        if (montado := _do_item(item, celulas)) != "":
            itens[item.codigo] = montado
    fora = [b.codigo for b in versao.blocos if b.opcional and celulas.get(f"nao-{b.codigo}")]
    justificativas = {nome[2:]: str(texto) for nome, texto in celulas.items() if nome.startswith("j-") and texto}
    return itens | ({NAO_OFERTA: fora} if fora else {}), justificativas


def _do_item(item: Item, celulas: Mapping[str, Escrito]) -> Any:
    total = celulas.get(nome_do_item(item.codigo), "")
    quadrinhos: dict[str, dict[str, Escrito]] = {}
    for celula in item.desdobramento.celulas if item.desdobramento else ():
        escrito = celulas.get(nome_do_item(item.codigo, celula.sexo, celula.faixa), "")
        if escrito != "":
            quadrinhos.setdefault(celula.sexo, {})[celula.faixa] = escrito
    if not quadrinhos:  # só o total: zero sem quadrinho nenhum quer dizer zero em todos
        return total
    return quadrinhos | ({TOTAL: total} if total != "" else {})


def com(itens: Mapping[str, Any], celula: str, valor: Escrito, *, versao: Versao) -> dict[str, Any]:
    """Os itens com uma célula de número ou de marca trocada; os outros itens ficam como estão."""
    if celula.startswith("nao-"):
        fora = [bloco for bloco in itens.get(NAO_OFERTA, []) if bloco != celula[4:]]
        fora += [celula[4:]] if valor else []
        return {nome: dado for nome, dado in itens.items() if nome != NAO_OFERTA} | ({NAO_OFERTA: fora} if fora else {})
    item = versao.itens[celula[2:].partition("|")[0]]
    so_o_item = {item.codigo: itens[item.codigo]} if item.codigo in itens else {}
    montado = _do_item(item, achatar(so_o_item, {}, versao=versao) | {celula: valor})
    outros = {nome: dado for nome, dado in itens.items() if nome != item.codigo}
    return outros | ({item.codigo: montado} if montado != "" else {})


def fundir(
    *, lidas: Mapping[str, Escrito], atuais: Mapping[str, Escrito], escritas: Mapping[str, Escrito]
) -> tuple[dict[str, Escrito], list[Conflito]]:
    """Junta o que se escreveu numa página (que nasceu das `lidas`) com o que outra gravou nesse meio tempo (`atuais`).

    Em cada célula vale quem mudou; quando os dois mudaram, cada um para um valor, é conflito, e não se escolhe.
    """
    juntas: dict[str, Escrito] = {}
    conflitos = []
    for nome in dict.fromkeys([*atuais, *escritas]):
        lida, atual, escrita = lidas.get(nome, ""), atuais.get(nome, ""), escritas.get(nome, "")
        if escrita not in {lida, atual} and atual != lida:
            conflitos.append(Conflito(nome, atual, escrita))
        vale = atual if escrita == lida else escrita
        if vale != "":
            juntas[nome] = vale
    return juntas, conflitos
