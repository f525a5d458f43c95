"""O que da unidade de origem pode passar à que dela se desmembra, e o que se escolheu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from suas.cadastros.rede import partes
from suas.cadastros.rede.juncao import DaParte, contadas
from suas.cadastros.rede.models import Pedido, Unidade
from suas.cadastros.rede.partes import Parte, Reparticao
from suas.nucleo.permissoes.ator import Ator

#: O que o pedido guarda além dos campos da unidade nova.
_DO_PEDIDO = frozenset({"dia", "escolhas"})


@dataclass(frozen=True, kw_only=True)
class Escolha:
    """Uma pergunta do formulário: esta coisa da origem passa à nova, e como? `campo` é o nome dela no formulário."""

    campo: str
    parte: str
    rotulo: str
    chave: str
    texto: str
    modos: tuple[tuple[str, str], ...]
    maior: int | None


def escolhas_de(origem: Unidade, *, ator: Ator, hoje: date, em: datetime) -> list[Escolha]:
    """O que se pode escolher, por parte. O nome de quem trabalha só a quem o vê, e fica no registro de leituras."""
    escolhas: list[Escolha] = []
    for parte in partes.todas():
        if parte.opcoes is None:
            continue
        opcoes = parte.opcoes(origem, hoje)
        ve = parte.ve_reservado is not None and parte.ve_reservado(ator, origem)
        if ve and parte.leu is not None:
            parte.leu([opcao.chave for opcao in opcoes], ator, em)
        escolhas += [
            Escolha(
                campo=f"passa_{parte.codigo}_{numero}",
                parte=parte.codigo,
                rotulo=parte.rotulo,
                chave=opcao.chave,
                texto=f"{opcao.reservado}: {opcao.texto}" if ve and opcao.reservado else opcao.texto,
                modos=parte.modos,
                maior=opcao.maior,
            )
            for numero, opcao in enumerate(opcoes)
        ]
    return escolhas


def campos_da_nova(dados: Mapping[str, Any]) -> dict[str, Any]:
    """Os campos da unidade nova que o pedido traz, com o dia em que começa."""
    campos = {nome: valor for nome, valor in dados.items() if nome not in _DO_PEDIDO}
    return campos | {"aberta_em": date.fromisoformat(dados["dia"])}


def reparticoes(
    *, origem: Unidade, nova: Unidade, dia: date, escolhas: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[Parte, Reparticao]]:
    """Cada parte em que se escolheu algo, com o que se escolheu."""
    for parte in partes.todas():
        if escolhidas := escolhas.get(parte.codigo):
            yield parte, Reparticao(origem=origem, nova=nova, dia=dia, escolhas=escolhidas)


def o_que_passaria(pedido: Pedido) -> list[DaParte]:
    """O que o pedido à espera passaria à unidade nova, em frases."""
    assert pedido.unidade is not None
    nova = Unidade(municipio_id=pedido.municipio_id, **campos_da_nova(pedido.dados))
    dia = date.fromisoformat(pedido.dados["dia"])
    do_pedido = reparticoes(origem=pedido.unidade, nova=nova, dia=dia, escolhas=pedido.dados["escolhas"])
    return [
        DaParte(rotulo=parte.rotulo, frases=_frases(parte, reparticao))
        for parte, reparticao in do_pedido
        if parte.repartir is not None
    ]


def _frases(parte: Parte, reparticao: Reparticao) -> Sequence[str]:
    return contadas(m.texto for m in parte.repartir(reparticao)) if parte.repartir is not None else ()
