"""Gravar de uma vez as unidades de uma planilha conferida."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar

LOTE = 500


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
    Unidade.objects.bulk_create(criadas, batch_size=LOTE)
    travadas = list(Unidade.objects.select_for_update(of=("self",)).filter(pk__in=mudadas))
    nomes = {"nome_busca", "fonte", "mudada_em", "versao"}
    for unidade in travadas:
        campos = mudadas[unidade.pk]
        nomes |= campos.keys()
        for nome, valor in campos.items():
            setattr(unidade, nome, valor)
        unidade.nome_busca, unidade.fonte, unidade.mudada_em = nome_de_busca(unidade.nome), fonte, em
        unidade.versao += 1
    Unidade.objects.bulk_update(travadas, sorted(nomes), batch_size=LOTE)
    if criadas or travadas:
        registrar(
            ato="rede.importar",
            objeto=(criadas or travadas)[0],
            por=por,
            em=em,
            motivo=motivo,
            dados={"novas": len(criadas), "mudadas": len(travadas), "fonte": fonte},
        )
