"""De que unidade fala cada mês de uma remessa, e o resumo do relatório."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from suas.cadastros.rede.models import Unidade
from suas.vigilancia.mensais.consultas import FORMULARIOS


def unidades_citadas(nomes: Iterable[str]) -> dict[str, Unidade]:
    """As unidades pelo identificador do CadSUAS ou pelo nosso, como vieram escritos. Uma consulta."""
    escritos = set(nomes)
    ids = {texto: chave for texto in escritos if (chave := _uuid(texto)) is not None}
    achadas = Unidade.objects.filter(Q(identificador__in=escritos - ids.keys()) | Q(pk__in=ids.values()))
    achadas = achadas.filter(tipo__in=list(FORMULARIOS), fundida_em__isnull=True)
    por_chave: dict[Any, Unidade] = {}
    for unidade in achadas.select_related("municipio"):
        por_chave[unidade.pk] = por_chave[unidade.identificador] = unidade
    return {texto: dela for texto in escritos if (dela := por_chave.get(ids.get(texto, texto))) is not None}


def _uuid(texto: str) -> UUID | None:
    if len(texto) != 36:
        return None
    try:
        return UUID(texto)
    except ValueError:
        return None


def resumo(relatorio: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Quantos meses de cada situação."""
    contas: dict[str, int] = {}
    for linha in relatorio:
        contas[linha["situacao"]] = contas.get(linha["situacao"], 0) + 1
    return contas
