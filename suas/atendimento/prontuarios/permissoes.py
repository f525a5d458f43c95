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
from django.shortcuts import get_object_or_404

from normas.prontuario.leitura import FichaDesconhecida, prontuario
from normas.prontuario.leitura import ficha as ficha_de
from normas.prontuario.modelo import Bloco, Ficha
from suas.atendimento.familias import permissoes as familias
from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.permissoes import Acesso
from suas.atendimento.prontuarios.consultas import acompanhamento
from suas.atendimento.prontuarios.models import AcaoDoPlano, Acompanhamento, EntregaDoRegistro, Objetivo, Plano
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Familia, PessoaAtendida, Prontuario
    from suas.atendimento.prontuarios.listas import Servico
    from suas.cadastros.rede.models import Unidade

SIGILO = Permissao.FAMILIA_SIGILO
QUEM_ACOMPANHA = "Insere, desliga e faz o plano quem tem nível superior na equipe de referência, ou coordena a unidade."
QUEM_ENTREGA = "Emite o registro de uma pessoa quem tem nível superior na equipe de referência, ou coordena a unidade."
NAO_ACOMPANHA = "O PAIF é do CRAS e o PAEFI, do CREAS: esta unidade não acompanha famílias por eles."


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


def obter_familia_para_acompanhar(ator: Ator, *, familia_id: UUID) -> tuple[Prontuario, Servico]:
    """O prontuário da família na unidade do ator, que acompanha pelo serviço dela."""
    da_familia = familias.obter_familia_para_atender(ator, familia_id=familia_id)
    _exigir_sigilo(ator, municipio=da_familia.abrangencia, unidade=da_familia.unidade_id)
    servico = acompanhamento.servico_da(da_familia.unidade)
    if servico is None:
        raise SemPermissao(NAO_ACOMPANHA, permissao=SIGILO, em=da_familia.abrangencia)
    return da_familia, servico


def obter_unidade_que_acompanha(ator: Ator) -> tuple[Unidade, Servico]:
    """A unidade do ator e o serviço por que ela acompanha, para a lista."""
    unidade = familias.obter_unidade_para_atender(ator)
    servico = acompanhamento.servico_da(unidade)
    if servico is None:
        raise SemPermissao(NAO_ACOMPANHA, permissao=familias.ATENDER, em=unidade.municipio_id)
    return unidade, servico


def obter_acompanhamento_para_ver(ator: Ator, *, acompanhamento_id: UUID) -> Acompanhamento:
    """O acompanhamento feito na unidade do ator; 404 fora do município, 403 fora da unidade."""
    todos = Acompanhamento.objects.select_related("familia", "prontuario", "unidade", "quem_inseriu")
    achado = get_object_or_404(todos, pk=acompanhamento_id, abrangencia=ator.abrangencia)
    unidade = familias.obter_unidade_para_atender(ator)
    if achado.unidade_id != unidade.pk:
        raise SemPermissao(familias.QUEM_ATENDE, permissao=familias.ATENDER, em=achado.abrangencia)
    return achado


def obter_acompanhamento_para_mudar(ator: Ator, *, acompanhamento_id: UUID) -> Acompanhamento:
    """O acompanhamento da unidade do ator, para desligar, avaliar, anular ou planejar."""
    achado = obter_acompanhamento_para_ver(ator, acompanhamento_id=acompanhamento_id)
    _exigir_sigilo(ator, municipio=achado.abrangencia, unidade=achado.unidade_id)
    return achado


def obter_plano_para_mudar(ator: Ator, *, plano_id: UUID) -> Plano:
    """O plano de um acompanhamento da unidade do ator."""
    achado = get_object_or_404(Plano, pk=plano_id, abrangencia=ator.abrangencia)
    achado.acompanhamento = obter_acompanhamento_para_mudar(ator, acompanhamento_id=achado.acompanhamento_id)
    return achado


def obter_objetivo_para_mudar(ator: Ator, *, objetivo_id: UUID) -> Objetivo:
    """O objetivo de um plano da unidade do ator."""
    achado = get_object_or_404(Objetivo, pk=objetivo_id, abrangencia=ator.abrangencia)
    achado.plano = obter_plano_para_mudar(ator, plano_id=achado.plano_id)
    return achado


def obter_acao_para_mudar(ator: Ator, *, acao_id: UUID) -> AcaoDoPlano:
    """A ação de um plano da unidade do ator."""
    achada = get_object_or_404(AcaoDoPlano, pk=acao_id, abrangencia=ator.abrangencia)
    achada.objetivo = obter_objetivo_para_mudar(ator, objetivo_id=achada.objetivo_id)
    return achada


def obter_pessoa_para_entregar(ator: Ator, *, familia_id: UUID, pessoa_id: UUID) -> tuple[Prontuario, PessoaAtendida]:
    """Quem é ou foi de uma família com prontuário na unidade do ator, para emitir o registro dela."""
    da_familia = familias.obter_familia_para_atender(ator, familia_id=familia_id)
    if not le_sigilo(ator, municipio=da_familia.abrangencia, unidade=da_familia.unidade_id):
        raise SemPermissao(QUEM_ENTREGA, permissao=SIGILO, em=da_familia.abrangencia, unidade=da_familia.unidade_id)
    return da_familia, _da_familia(da_familia.familia, pessoa_id)


def obter_entrega_para_ver(ator: Ator, *, entrega_id: UUID) -> EntregaDoRegistro:
    """O registro emitido na unidade do ator."""
    todas = EntregaDoRegistro.objects.select_related("familia", "pessoa", "prontuario", "unidade")
    achada = get_object_or_404(todas, pk=entrega_id, abrangencia=ator.abrangencia)
    unidade = familias.obter_unidade_para_atender(ator)
    if achada.unidade_id != unidade.pk or not le_sigilo(ator, municipio=achada.abrangencia, unidade=unidade.pk):
        raise SemPermissao(QUEM_ENTREGA, permissao=SIGILO, em=achada.abrangencia, unidade=achada.unidade_id)
    return achada


def _exigir_sigilo(ator: Ator, *, municipio: str, unidade: UUID) -> None:
    if not le_sigilo(ator, municipio=municipio, unidade=unidade):
        raise SemPermissao(QUEM_ACOMPANHA, permissao=SIGILO, em=municipio, unidade=unidade)


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
    return _da_familia(familia, pessoa_id)


def _da_familia(familia: Familia, pessoa_id: UUID) -> PessoaAtendida:
    pessoas = {integrante.pessoa_id: integrante.pessoa for integrante in leitura.composicao(familia)}
    if pessoa_id not in pessoas:
        raise Http404
    return pessoas[pessoa_id]
