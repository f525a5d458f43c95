"""Quem acompanha, quem registra prazos, quem cobra e quem propõe sanção. As telas só chegam a um lugar por aqui."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.cadastros.orgaos import permissoes as orgaos
from suas.nucleo.obrigacoes.consultas import RegistroDePrazo, registro_de_prazo
from suas.nucleo.obrigacoes.sistemas import CONSELHO, FUNDO, GESTAO, UNIDADE, Devedor
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao
from suas.vigilancia.monitoramento import consultas
from suas.vigilancia.monitoramento.consultas import Fora
from suas.vigilancia.monitoramento.models import Comunicacao

VER, REGISTRAR, AVISAR = Permissao.RMA_VER, Permissao.PRAZO_REGISTRAR, Permissao.PENDENCIA_AVISAR
QUEM_VE = (
    "Acompanha as entregas quem lê o mês das unidades: a gestão, a vigilância, o conselho e, na própria unidade, a "
    "coordenação."
)
QUEM_AVISA = "Avisa os municípios a gestão, as gerências e a vigilância do estado, ou a União."
#: De quem é a entrega → o que é preciso poder para a informar (ADR 0079).
DE_QUEM_INFORMA = {
    UNIDADE: Permissao.RMA_PREENCHER,
    GESTAO: Permissao.ORGAO_ATUALIZAR,
    FUNDO: Permissao.FUNDO_ATUALIZAR,
    CONSELHO: Permissao.CONSELHO_ATUALIZAR,
}
QUEM_INFORMA = (
    "Informa a entrega quem cuida do lugar: a do órgão gestor, a gestão e a vigilância do próprio ente; a do fundo, "
    "quem responde por ele; a do conselho, o próprio conselho; a da unidade, a coordenação dela ou a gestão."
)
QUEM_REGISTRA = "Registra prazos a União, a gestão e a vigilância do estado e as do município, cada um no que é seu."


def informa(ator: Ator, devedor: Devedor) -> bool:
    """Diz aqui o que o devedor entregou no sistema federal? Do ente, quem cuida do órgão; da unidade, do mês dela."""
    if devedor.quem == UNIDADE:
        return ator.pode(Permissao.RMA_PREENCHER, em=devedor.abrangencia, unidade=devedor.unidade)
    return orgaos.cuida(ator, DE_QUEM_INFORMA[devedor.quem], codigo=devedor.abrangencia)


def obter_entrega_para_informar(ator: Ator, *, sistema: str, periodo: str, quem: str, onde: str) -> Fora:
    """O que se deve ao sistema federal: 404 fora do território ou sem o dever, 403 a quem não cuida dele."""
    if not ator.alcanca(onde):
        raise Http404
    achado = consultas.fora(sistema=sistema, periodo=periodo, quem=quem, onde=onde)
    if achado is None:
        raise Http404
    if not informa(ator, achado.devedor):
        permissao = DE_QUEM_INFORMA[achado.devedor.quem]
        raise SemPermissao(QUEM_INFORMA, permissao=permissao, em=onde, unidade=achado.devedor.unidade)
    return achado


def ve_o_painel(ator: Ator) -> bool:
    return ator.pode(VER, em=ator.abrangencia, unidade=ator.unidade)


def registra(ator: Ator, onde: str) -> bool:
    return ator.pode(REGISTRAR, em=onde)


def exigir_painel(ator: Ator, *, onde: str) -> None:
    """O painel de um território: 404 fora do alcance, 403 a quem não acompanha ali."""
    if not ator.alcanca(onde):
        raise Http404
    if not ator.pode(VER, em=onde, unidade=ator.unidade):
        raise SemPermissao(QUEM_VE, permissao=VER, em=onde)


def avisa(ator: Ator) -> bool:
    """Decide avisos aos municípios do próprio território?"""
    return ator.pode(AVISAR, em=ator.abrangencia)


def exigir_avisar(ator: Ator, *, onde: str) -> None:
    """As comunicações aos municípios de um lugar."""
    if not ator.alcanca(onde):
        raise Http404
    if not ator.pode(AVISAR, em=onde):
        raise SemPermissao(QUEM_AVISA, permissao=AVISAR, em=onde)


def obter_comunicacao_para_decidir(ator: Ator, *, comunicacao_id: UUID) -> Comunicacao:
    """A comunicação: 404 fora do território, 403 dentro dele sem o direito."""
    comunicacao = get_object_or_404(Comunicacao.objects.select_related("decidida_por"), pk=comunicacao_id)
    exigir_avisar(ator, onde=comunicacao.abrangencia)
    return comunicacao


def exigir_registrar(ator: Ator, *, onde: str) -> None:
    """Registrar prazos que valem num território."""
    if not ator.alcanca(onde):
        raise Http404
    if not registra(ator, onde):
        raise SemPermissao(QUEM_REGISTRA, permissao=REGISTRAR, em=onde)


def obter_registro_para_anular(ator: Ator, *, tipo: str, registro_id: UUID) -> RegistroDePrazo:
    """O registro de prazo que o ator anula: 404 fora do território, 403 dentro dele sem o direito."""
    achado = registro_de_prazo(tipo, registro_id)
    if achado is None:
        raise Http404
    exigir_registrar(ator, onde=achado.registro.abrangencia)
    return achado
