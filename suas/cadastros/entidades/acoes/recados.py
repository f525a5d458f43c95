"""Avisar quem espera: o conselho, a entidade e o órgão gestor. Parte dos atos; quem agiu não se avisa do que fez.

O que se repete no mesmo dia (documentos juntados, a ficha que mudou) é um aviso só, com `no_dia`. O documento devolvido
avisa um a um, porque cada um leva a sua razão.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from suas.cadastros.entidades import modelos, permissoes
from suas.cadastros.entidades.models import Entidade, Inscricao
from suas.nucleo import tranca
from suas.nucleo.avisos.acoes.emissao import avisar
from suas.nucleo.avisos.consultas import quem_tem
from suas.nucleo.avisos.modelos import Modelo
from suas.nucleo.identidade.consultas import representantes
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela.filtros import BRASILIA


@tranca.como_sistema()  # quem recebe pode ser de um território que quem age não alcança
def ao_conselho(*, inscricao: Inscricao, o_que: str, por: Ator, em: datetime, no_dia: bool = False) -> None:
    """Avisa a presidência e a secretaria executiva do conselho; se é o conselho que age, ninguém."""
    if permissoes.pode_inscrever(por, municipio=inscricao.municipio_id):
        return
    dia = em.astimezone(BRASILIA).date()
    pessoas = quem_tem(Permissao.ENTIDADE_INSCREVER, em=[inscricao.municipio_id], dia=dia)
    endereco = reverse("inscricao", args=[inscricao.pk])
    _a_todos(pessoas.values_list("pk", flat=True), modelos.PEDIDO, inscricao, o_que, endereco, por, em, no_dia)


@tranca.como_sistema()  # quem recebe pode ser de um território que quem age não alcança
def a_entidade(*, inscricao: Inscricao, o_que: str, por: Ator, em: datetime) -> None:
    """Avisa quem representa a entidade."""
    pessoas = representantes(inscricao.entidade_id, em=em.astimezone(BRASILIA).date())
    endereco = reverse("inscricao", args=[inscricao.pk])
    _a_todos(pessoas, modelos.ANDAMENTO, inscricao, o_que, endereco, por, em)


@tranca.como_sistema()  # quem recebe pode ser de um território que quem age não alcança
def ao_orgao_gestor(*, inscricao: Inscricao, o_que: str, por: Ator, em: datetime) -> None:
    """Avisa o órgão gestor do município da sede, que completa o CNEAS; se é ele que age, ninguém."""
    if permissoes.pode_atualizar(por, inscricao.entidade):
        return
    dia = em.astimezone(BRASILIA).date()
    pessoas = quem_tem(Permissao.ENTIDADE_ATUALIZAR, em=[inscricao.entidade.municipio_id], dia=dia)
    endereco = reverse("entidade", args=[inscricao.entidade_id])
    _a_todos(pessoas.values_list("pk", flat=True), modelos.INSCRITA, inscricao, o_que, endereco, por, em)


@tranca.como_sistema()  # quem recebe pode ser de um território que quem age não alcança
def da_mudanca(*, entidade: Entidade, o_que: str, por: Ator, em: datetime) -> None:
    """Avisa quem representa a entidade de que outra pessoa mudou a ficha dela."""
    pessoas = representantes(entidade.pk, em=em.astimezone(BRASILIA).date())
    endereco = reverse("entidade", args=[entidade.pk])
    _a_todos(pessoas, modelos.MUDANCA, entidade, o_que, endereco, por, em, no_dia=True)


def _a_todos(
    pessoas: Iterable[UUID],
    modelo: Modelo,
    objeto: Inscricao | Entidade,
    o_que: str,
    endereco: str,
    por: Ator,
    em: datetime,
    no_dia: bool = False,
) -> None:
    quando = em.astimezone(BRASILIA).date() if no_dia else em
    entidade = objeto if isinstance(objeto, Entidade) else objeto.entidade
    for pessoa_id in pessoas:
        if por.pessoa is not None and pessoa_id == por.pessoa.pk:
            continue
        avisar(
            modelo=modelo.codigo,
            causa=f"{objeto.pk}:{quando.isoformat()}:{o_que}"[:200],
            pessoa_id=pessoa_id,
            dados={"entidade": entidade.nome, "o_que": o_que},
            endereco=endereco,
            por=por,
            em=em,
        )
