"""Gravar de uma vez as unidades de uma planilha conferida."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo import banco
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar

POR_PERGUNTA = 5_000


@transaction.atomic
def gravar(
    *,
    novas: Sequence[Mapping[str, Any]],
    mudadas: Mapping[UUID, Mapping[str, Any]],
    fonte: str,
    motivo: str,
    por: Ator,
    em: datetime,
) -> None:
    """Cria as novas e muda só os campos dados das outras; importar não vale como conferência.

    Quem chama já conferiu os campos, a permissão e os identificadores, e junta só o que muda: repetir não muda nada.
    """
    criadas = [
        Unidade(**campos, nome_busca=nome_de_busca(campos["nome"]), fonte=fonte, mudada_em=em) for campos in novas
    ]
    banco.gravar_objetos(criadas)
    travadas = _travar(list(mudadas))
    for unidade in travadas:
        for nome, valor in mudadas[unidade.pk].items():
            setattr(unidade, nome, valor)
        unidade.nome_busca, unidade.fonte, unidade.mudada_em = nome_de_busca(unidade.nome), fonte, em
        unidade.versao += 1
    banco.gravar_objetos(travadas, que_ja_existem=True)
    if criadas or travadas:
        registrar(
            ato="rede.importar",
            objeto=(criadas or travadas)[0],
            por=por,
            em=em,
            motivo=motivo,
            dados={"novas": len(criadas), "mudadas": len(travadas), "fonte": fonte},
        )


def _travar(chaves: Sequence[UUID]) -> list[Unidade]:
    """As unidades, travadas até o fim da transação; aos poucos, que o SQLite limita o tamanho da pergunta."""
    travadas: list[Unidade] = []
    for comeco in range(0, len(chaves), POR_PERGUNTA):
        lote = chaves[comeco : comeco + POR_PERGUNTA]
        travadas += Unidade.objects.select_for_update(of=("self",)).filter(pk__in=lote).order_by("pk")
    return travadas
