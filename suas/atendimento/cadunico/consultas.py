"""O que o Cadastro Único diz de uma família, os extratos que vieram e o que se guarda para comparar o seguinte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from suas.atendimento.cadunico.listas import MESES_DE_VALIDADE
from suas.atendimento.cadunico.models import CadastroDaFamilia, CadastroDaPessoa, Extrato
from suas.atendimento.familias.consultas.lote import DE_FORA, DO_DOMICILIO

PEDACO = 5_000
#: Da família, o que só o Cadastro Único diz.
SO_DO_CADASTRO = (
    "atualizado_dia", "renda_per_capita_centavos", "renda_total_centavos", "bolsa_familia", "grupo", "indigena",
    "quilombola",
)  # fmt: skip
DA_FAMILIA = (*SO_DO_CADASTRO, *DO_DOMICILIO)
#: Da pessoa, o que o extrato diz.
DA_PESSOA = (*DE_FORA, "parentesco", "condicionalidade", "condicionalidade_dia")


@dataclass(frozen=True, kw_only=True)
class Diferenca:
    """Uma pessoa em que o registro e o Cadastro Único não dizem o mesmo: o campo e o que cada um diz."""

    pessoa: UUID
    nome: str
    campo: str
    no_registro: Any
    no_cadastro: Any


def da_familia(familia: UUID) -> list[CadastroDaFamilia]:
    """Os cadastros ligados à família: quase sempre um; o Cadastro Único pode separar quem a equipe atende junto."""
    return list(CadastroDaFamilia.objects.filter(familia=familia).prefetch_related("pessoas__pessoa"))


def diferencas(cadastros: Iterable[CadastroDaFamilia]) -> list[Diferenca]:
    """Onde o registro e o último extrato não dizem o mesmo. O que o extrato não diz não é diferença."""
    return [
        Diferenca(
            pessoa=dita.pessoa_id,
            nome=dita.pessoa.como_se_chama,
            campo=campo,
            no_registro=getattr(dita.pessoa, campo),
            no_cadastro=getattr(dita, campo),
        )
        for cadastro in cadastros
        for dita in cadastro.pessoas.all()
        for campo in DE_FORA
        if getattr(dita, campo) not in {"", None} and getattr(dita.pessoa, campo) != getattr(dita, campo)
    ]


def faltam_no_ultimo(cadastro: CadastroDaFamilia) -> list[CadastroDaPessoa]:
    """Quem veio num extrato anterior e não veio no último em que a família veio."""
    return [dita for dita in cadastro.pessoas.all() if dita.visto_dia < cadastro.visto_dia]


def desatualizado(cadastro: CadastroDaFamilia, *, hoje: date) -> bool:
    """Passou do tempo sem atualização?"""
    return cadastro.atualizado_dia is not None and meses_desde(cadastro.atualizado_dia, hoje) >= MESES_DE_VALIDADE


def meses_desde(dia: date, hoje: date) -> int:
    """Meses inteiros de um dia a outro."""
    return (hoje.year - dia.year) * 12 + hoje.month - dia.month - (hoje.day < dia.day)


def desatualizados(municipio: str, *, hoje: date) -> QuerySet[CadastroDaFamilia]:
    """As famílias do município há mais de 24 meses sem atualização, a mais antiga primeiro: para a busca ativa."""
    limite = hoje.replace(year=hoje.year - MESES_DE_VALIDADE // 12, day=min(hoje.day, 28))
    antigos = CadastroDaFamilia.objects.filter(abrangencia=municipio, atualizado_dia__lte=limite)
    return antigos.order_by("atualizado_dia", "id")


def com_efeito(municipio: str) -> QuerySet[CadastroDaPessoa]:
    """As pessoas do município com efeito de descumprimento de condicionalidade no último extrato."""
    ditas = CadastroDaPessoa.objects.filter(abrangencia=municipio).exclude(condicionalidade="")
    return ditas.select_related("cadastro").order_by("-condicionalidade_dia", "id")


def ultimo_extrato(municipio: str) -> Extrato | None:
    return Extrato.objects.filter(abrangencia=municipio).first()


def familias_guardadas(municipio: str) -> Iterator[tuple[UUID, UUID, str, date, tuple[Any, ...]]]:
    """(identificador, família, código, último extrato, o que o Cadastro Único disse dela, na ordem de `DA_FAMILIA`)."""
    linhas = CadastroDaFamilia.objects.filter(abrangencia=municipio).order_by()
    for pk, familia, codigo, visto, *ditos in linhas.values_list(
        "pk", "familia_id", "codigo", "visto_dia", *DA_FAMILIA
    ).iterator(chunk_size=PEDACO):
        yield pk, familia, codigo, visto, tuple(ditos)


def pessoas_guardadas(municipio: str) -> Iterator[tuple[UUID, UUID, UUID, date, tuple[Any, ...]]]:
    """(identificador, pessoa, cadastro da família, último extrato, o que se disse dela, na ordem de `DA_PESSOA`)."""
    linhas = CadastroDaPessoa.objects.filter(abrangencia=municipio).order_by()
    for pk, pessoa, cadastro, visto, *ditos in linhas.values_list(
        "pk", "pessoa_id", "cadastro_id", "visto_dia", *DA_PESSOA
    ).iterator(chunk_size=PEDACO):
        yield pk, pessoa, cadastro, visto, tuple(ditos)
