"""Quem lê e quem preenche o Prontuário SUAS: a equipe da unidade; o sigiloso, quem tem permissão própria (ADR 0091).

O sigiloso é da unidade que o registrou: nem a licença de ler o que outra unidade anotou o abre. A quem não pode, ele
não existe: nem o conteúdo, nem o bloco, nem se há algo nele.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from normas.prontuario.leitura import FichaDesconhecida, prontuario
from normas.prontuario.leitura import ficha as ficha_de
from normas.prontuario.modelo import Bloco, Ficha
from suas.atendimento.familias import permissoes as familias
from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.permissoes import Acesso
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Familia, PessoaAtendida, Prontuario

SIGILO = Permissao.FAMILIA_SIGILO


@dataclass(frozen=True, kw_only=True)
class DeQuem:
    """Uma ficha do prontuário da família na unidade do ator, e a pessoa de quem ela fala, se é de uma pessoa."""

    prontuario: Prontuario
    ficha: Ficha
    pessoa: PessoaAtendida | None

    @property
    def familia(self) -> Familia:
        return self.prontuario.familia


def le_sigilo(ator: Ator, *, municipio: str, unidade: UUID) -> bool:
    """O papel lê e escreve o sigiloso nesta unidade?"""
    return ator.pode(SIGILO, em=municipio, unidade=unidade)


def fichas_lidas(ator: Ator, acesso: Acesso, *, unidade: UUID) -> list[str]:
    """Os códigos das fichas de uma unidade que o ator lê: as sigilosas, só da própria e com a permissão."""
    da_casa = unidade == acesso.unidade.pk and le_sigilo(ator, municipio=acesso.familia.abrangencia, unidade=unidade)
    return [codigo for codigo, ficha in prontuario().fichas.items() if da_casa or not ficha.sigilosa]


def blocos_vistos(ator: Ator, acesso: Acesso) -> Sequence[Bloco]:
    """Os blocos que se mostram ao ator na página da família."""
    sigilo = le_sigilo(ator, municipio=acesso.familia.abrangencia, unidade=acesso.unidade.pk)
    return [bloco for bloco in prontuario().blocos if sigilo or not bloco.sigiloso]


def obter_ficha_para_preencher(ator: Ator, *, familia_id: UUID, codigo: str, pessoa_id: UUID | None) -> DeQuem:
    """A ficha, no prontuário da família na unidade do ator; 404 se não há, ou se é sigilosa e ele não pode lê-la."""
    da_familia = familias.obter_familia_para_atender(ator, familia_id=familia_id)
    return DeQuem(
        prontuario=da_familia,
        ficha=(ficha := _ficha(ator, codigo, municipio=da_familia.abrangencia, unidade=da_familia.unidade_id)),
        pessoa=_pessoa(ficha, da_familia.familia, pessoa_id),
    )


def obter_ficha_para_ler(
    ator: Ator, *, familia_id: UUID, codigo: str, pessoa_id: UUID | None, unidade_id: UUID, agora: datetime
) -> DeQuem:
    """A ficha no prontuário de uma unidade que o ator lê: a própria ou, com a licença, outra do município."""
    acesso = familias.obter_familia_para_ver(ator, familia_id=familia_id, agora=agora)
    if not acesso.atende:
        familias.obter_unidade_para_atender(ator)
    da_unidade = leitura.prontuario_na(acesso.familia, unidade=unidade_id)
    if da_unidade is None:
        raise Http404
    if da_unidade.unidade_id not in acesso.unidades_lidas([da_unidade]):
        raise SemPermissao(
            "O que outra unidade registrou só se lê dizendo por quê, na página da família.",
            permissao=familias.ATENDER,
            em=acesso.familia.abrangencia,
        )
    if codigo not in fichas_lidas(ator, acesso, unidade=da_unidade.unidade_id):
        raise Http404
    ficha = ficha_de(codigo)
    return DeQuem(prontuario=da_unidade, ficha=ficha, pessoa=_pessoa(ficha, acesso.familia, pessoa_id))


def _ficha(ator: Ator, codigo: str, *, municipio: str, unidade: UUID) -> Ficha:
    try:
        ficha = ficha_de(codigo)
    except FichaDesconhecida as erro:
        raise Http404 from erro
    if ficha.sigilosa and not le_sigilo(ator, municipio=municipio, unidade=unidade):
        raise Http404
    return ficha


def _pessoa(ficha: Ficha, familia: Familia, pessoa_id: UUID | None) -> PessoaAtendida | None:
    """Quem é ou foi da família, na ficha que fala de uma pessoa; a da família não fala de ninguém."""
    if ficha.da_pessoa != (pessoa_id is not None):
        raise Http404
    if pessoa_id is None:
        return None
    pessoas = {integrante.pessoa_id: integrante.pessoa for integrante in leitura.composicao(familia)}
    if pessoa_id not in pessoas:
        raise Http404
    return pessoas[pessoa_id]
