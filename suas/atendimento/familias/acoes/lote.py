"""Muita gente de uma vez, de uma lista que vem de fora. Nada se apaga: quem muda de lugar deixa a linha fechada."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import DateField, F, Max, Value
from django.db.models.functions import Greatest

from suas.atendimento.familias import listas
from suas.atendimento.familias.acoes.pessoas import palavras_de
from suas.atendimento.familias.models import Domicilio, Familia, Integrante, PalavraDoNome, PessoaAtendida
from suas.nucleo import banco
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar

PEDACO = 2_000
Conte = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Entrada:
    """Alguém que entra na composição de uma família."""

    familia: UUID
    pessoa: UUID
    parentesco: int
    dia: date


@dataclass(frozen=True, kw_only=True)
class Morada:
    """O endereço de uma família desde um dia; o de antes, se há, fecha-se nesse dia. `cras`: o que a referencia."""

    familia: UUID
    dia: date
    endereco: Mapping[str, str]
    cras: UUID | None = None


@dataclass(kw_only=True)
class Lote:
    """O que muda. As pessoas e famílias novas já trazem o identificador.

    `saidas` são linhas da composição que se fecham; `parentescos`, linha da composição -> o novo.
    """

    pessoas: dict[UUID, Mapping[str, Any]] = field(default_factory=dict)
    mudancas: dict[UUID, Mapping[str, Any]] = field(default_factory=dict)
    familias: list[UUID] = field(default_factory=list)
    entradas: list[Entrada] = field(default_factory=list)
    saidas: dict[int, date] = field(default_factory=dict)
    parentescos: dict[int, int] = field(default_factory=dict)
    moradas: list[Morada] = field(default_factory=list)


@transaction.atomic
def gravar(
    *, lote: Lote, municipio: str, origem: models.Model, por: Ator, em: datetime, sintetica: bool = False
) -> None:
    """Grava o lote inteiro; uma linha na trilha, com as contas, diz de que `origem` veio."""
    _criar_pessoas(lote, municipio, em=em, sintetica=sintetica)
    _mudar_pessoas(lote, em=em)
    banco.gravar_objetos(
        [Familia(pk=pk, abrangencia=municipio, criada_em=em, mudada_em=em, sintetica=sintetica) for pk in lote.familias]
    )
    _sair(lote)
    _trocar_parentescos(lote)
    _entrar(lote, municipio)
    _morar(lote, municipio)
    _marcar(lote, em=em)
    registrar(
        ato="familias.gravar_lote",
        objeto=origem,
        por=por,
        em=em,
        dados={
            "pessoas_novas": len(lote.pessoas),
            "pessoas_mudadas": len(lote.mudancas),
            "familias_novas": len(lote.familias),
            "entradas": len(lote.entradas),
            "saidas": len(lote.saidas),
            "enderecos": len(lote.moradas),
        },
    )


def _criar_pessoas(lote: Lote, municipio: str, *, em: datetime, sintetica: bool) -> None:
    itens = list(lote.pessoas.items())
    for inicio in range(0, len(itens), PEDACO):
        pedaco = [
            PessoaAtendida(pk=pk, abrangencia=municipio, criada_em=em, mudada_em=em, sintetica=sintetica, **dados)
            for pk, dados in itens[inicio : inicio + PEDACO]
        ]
        banco.gravar_objetos(pedaco)
        _guardar_palavras(pedaco)


def _mudar_pessoas(lote: Lote, *, em: datetime) -> None:
    ids = list(lote.mudancas)
    for inicio in range(0, len(ids), PEDACO):
        travadas = PessoaAtendida.objects.select_for_update(of=("self",)).filter(pk__in=ids[inicio : inicio + PEDACO])
        pedaco = list(travadas.order_by("pk"))
        for pessoa in pedaco:
            for campo, valor in lote.mudancas[pessoa.pk].items():
                setattr(pessoa, campo, valor)
            pessoa.mudada_em, pessoa.versao = em, pessoa.versao + 1
        banco.gravar_objetos(pedaco, que_ja_existem=True)
        com_outro_nome = [p for p in pedaco if "nome" in lote.mudancas[p.pk]]
        PalavraDoNome.objects.filter(pessoa__in=com_outro_nome).delete()
        _guardar_palavras(com_outro_nome)


def _guardar_palavras(pessoas: list[PessoaAtendida]) -> None:
    palavras = [palavra for pessoa in pessoas for palavra in palavras_de(pessoa)]
    PalavraDoNome.objects.bulk_create(palavras, batch_size=PEDACO)


def _sair(lote: Lote) -> None:
    por_dia: dict[date, list[int]] = {}
    for integrante, dia in lote.saidas.items():
        por_dia.setdefault(dia, []).append(integrante)
    for dia, ids in por_dia.items():
        for inicio in range(0, len(ids), PEDACO):
            Integrante.objects.filter(pk__in=ids[inicio : inicio + PEDACO]).update(
                ate=_nunca_antes_de_entrar(dia), saida=listas.Saida.OUTRA_FAMILIA, motivo=""
            )


def _nunca_antes_de_entrar(dia: date) -> Greatest:
    return Greatest(Value(dia, output_field=DateField()), F("desde"), output_field=DateField())


def _trocar_parentescos(lote: Lote) -> None:
    """Primeiro quem deixa de ser a referência, para não haver duas ao mesmo tempo."""
    for referencia in (False, True):
        por_codigo: dict[int, list[int]] = {}
        for integrante, parentesco in lote.parentescos.items():
            if (parentesco == listas.Parentesco.REFERENCIA) == referencia:
                por_codigo.setdefault(parentesco, []).append(integrante)
        for parentesco, ids in por_codigo.items():
            for inicio in range(0, len(ids), PEDACO):
                Integrante.objects.filter(pk__in=ids[inicio : inicio + PEDACO]).update(parentesco=parentesco)


def _entrar(lote: Lote, municipio: str) -> None:
    novas = set(lote.familias)
    antigas = list({entrada.familia for entrada in lote.entradas} - novas)
    ultima: dict[UUID, int] = {}
    for inicio in range(0, len(antigas), PEDACO):
        delas = Integrante.objects.filter(familia__in=antigas[inicio : inicio + PEDACO]).order_by()
        ultima |= dict(delas.values_list("familia_id").annotate(ultima=Max("ordem")))
    prontas = []
    for entrada in sorted(lote.entradas, key=lambda e: (e.familia, e.parentesco)):
        ultima[entrada.familia] = ordem = ultima.get(entrada.familia, 0) + 1
        prontas.append(
            Integrante(
                familia_id=entrada.familia,
                pessoa_id=entrada.pessoa,
                abrangencia=municipio,
                ordem=ordem,
                parentesco=entrada.parentesco,
                desde=entrada.dia,
            )
        )
    Integrante.objects.bulk_create(prontas, batch_size=PEDACO)


def _morar(lote: Lote, municipio: str) -> None:
    novas = set(lote.familias)
    por_dia: dict[date, list[UUID]] = {}
    por_cras: dict[UUID, list[UUID]] = {}
    for morada in lote.moradas:
        if morada.familia not in novas:
            por_dia.setdefault(morada.dia, []).append(morada.familia)
        if morada.cras is not None:
            por_cras.setdefault(morada.cras, []).append(morada.familia)
    for dia, ids in por_dia.items():
        for inicio in range(0, len(ids), PEDACO):
            Domicilio.objects.filter(familia__in=ids[inicio : inicio + PEDACO], ate__isnull=True).update(
                ate=_nunca_antes_de_entrar(dia)
            )
    Domicilio.objects.bulk_create(
        (
            Domicilio(familia_id=m.familia, abrangencia=municipio, em_abrigo=False, desde=m.dia, **m.endereco)
            for m in lote.moradas
        ),
        batch_size=PEDACO,
    )
    for cras, ids in por_cras.items():
        for inicio in range(0, len(ids), PEDACO):
            Familia.objects.filter(pk__in=ids[inicio : inicio + PEDACO]).update(cras_id=cras)


def _marcar(lote: Lote, *, em: datetime) -> None:
    """As famílias que já havia e mudaram: a página de quem a tem aberta fica sabendo."""
    mudadas = {e.familia for e in lote.entradas} | {m.familia for m in lote.moradas}
    restam = list(mudadas - set(lote.familias))
    for inicio in range(0, len(restam), PEDACO):
        Familia.objects.filter(pk__in=restam[inicio : inicio + PEDACO]).update(mudada_em=em, versao=F("versao") + 1)
