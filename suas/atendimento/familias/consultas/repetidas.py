"""Pares de registros que parecem da mesma pessoa, e o porquê de cada um; os já decididos; o que se juntou.

Nada se guarda do que se propõe: calcula-se na hora, numa leitura do município.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from uuid import UUID

from django.db.models import QuerySet

from suas.atendimento.familias import fonetica
from suas.atendimento.familias.consultas import lote
from suas.atendimento.familias.consultas.lote import Registrada
from suas.atendimento.familias.models import Juncao, PessoaAtendida, PessoasDistintas

#: Grupo maior que isto não diz nada de um par: é um nome comum com um dado que falta.
MAIS_DO_QUE_UM_GRUPO = 4


@dataclass(frozen=True, kw_only=True)
class Par:
    """Dois registros parecidos, o de identificador menor primeiro, e em que se parecem."""

    uma: UUID
    outra: UUID
    porques: tuple[str, ...]


def pares(municipio: str) -> list[Par]:
    """Os pares do município, os que se parecem em mais coisas primeiro; fora os decididos."""
    grupos: dict[tuple[str, Hashable], list[UUID]] = defaultdict(list)
    pessoas: dict[UUID, Registrada] = {}
    ja_sairam = set(juntadas(municipio))
    for pessoa in lote.registradas(municipio):
        if pessoa.id not in ja_sairam:
            pessoas[pessoa.id] = pessoa
            for chave in _chaves(pessoa):
                grupos[chave].append(pessoa.id)
    porques: dict[tuple[UUID, UUID], list[str]] = defaultdict(list)
    for (porque, _), quem in grupos.items():
        if 1 < len(quem) <= MAIS_DO_QUE_UM_GRUPO:
            for a, b in combinations(quem, 2):
                porques[em_ordem(a, b)].append(porque)
    fora = set(PessoasDistintas.objects.filter(abrangencia=municipio).values_list("uma_id", "outra_id"))
    achados = [
        Par(uma=uma, outra=outra, porques=tuple(ditos))
        for (uma, outra), ditos in porques.items()
        if (uma, outra) not in fora and not _desmentem(pessoas[uma], pessoas[outra])
    ]
    return sorted(achados, key=lambda par: (-len(par.porques), par.uma, par.outra))


def _chaves(pessoa: Registrada) -> Iterator[tuple[str, Hashable]]:
    """Em que alguém precisa ser igual para se propor o par: o porquê, em palavras, e o valor."""
    sons = _sons(pessoa.nome)
    mae = _sons(pessoa.nome_da_mae)
    if not sons:
        return
    if pessoa.nascimento is not None:
        yield "nome que soa igual e mesmo nascimento", (tuple(sorted(sons)), pessoa.nascimento)
        if mae:
            yield "mesmo nascimento, mesma mãe e primeiro nome que soa igual", (sons[0], pessoa.nascimento, mae)
    if mae and len(sons) > 1:
        yield "nome e mãe que soam iguais", (sons, mae)


def _sons(nome: str) -> tuple[str, ...]:
    return tuple(_som(palavra) for palavra in fonetica.palavras(nome))


@lru_cache(maxsize=50_000)
def _som(palavra: str) -> str:
    return fonetica.som(palavra)


def _desmentem(a: Registrada, b: Registrada) -> bool:
    """O CPF é um por pessoa: dois CPFs são duas pessoas. O NIS não: há quem tenha mais de um."""
    if a.cpf and b.cpf and a.cpf != b.cpf:
        return True
    return bool(a.sexo and b.sexo and a.sexo != b.sexo)


def em_ordem(a: UUID, b: UUID) -> tuple[UUID, UUID]:
    """O par sempre do mesmo jeito: o identificador menor primeiro."""
    return (a, b) if a < b else (b, a)


def por_id(ids: Iterable[UUID]) -> dict[UUID, PessoaAtendida]:
    return PessoaAtendida.objects.in_bulk(list(ids))


def ditas_distintas(municipio: str) -> QuerySet[PessoasDistintas]:
    """Os pares que alguém disse serem duas pessoas, do mais novo ao mais antigo."""
    return PessoasDistintas.objects.filter(abrangencia=municipio).select_related("uma", "outra")


def juncoes(municipio: str) -> QuerySet[Juncao]:
    """O que se juntou no município, do mais novo ao mais antigo, também o que se desfez."""
    return Juncao.objects.filter(abrangencia=municipio).select_related("fica", "sai")


def juntadas(municipio: str) -> dict[UUID, UUID]:
    """O registro que saiu -> o que ficou, seguindo quem se juntou mais de uma vez."""
    passos = dict(
        Juncao.objects.filter(abrangencia=municipio, desfeita_em__isnull=True)
        .order_by()
        .values_list("sai_id", "fica_id")
    )
    return {sai: _fim(sai, passos) for sai in passos}


def _fim(pessoa: UUID, passos: dict[UUID, UUID]) -> UUID:
    vistos: set[UUID] = set()
    while pessoa in passos and pessoa not in vistos:
        vistos.add(pessoa)
        pessoa = passos[pessoa]
    return pessoa


def a_que_ficou(pessoa: PessoaAtendida) -> PessoaAtendida:
    """O registro que vale: o próprio, ou aquele a que se juntou."""
    juncao = Juncao.objects.select_related("fica").filter(sai=pessoa, desfeita_em__isnull=True).first()
    return a_que_ficou(juncao.fica) if juncao is not None else pessoa
