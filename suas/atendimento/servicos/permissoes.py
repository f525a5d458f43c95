"""Quem encaminha, quem recebe e quem pactua. O encaminhamento é lido nas duas pontas, e só nelas (ADR 0095)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.atendimento.familias import permissoes as familias
from suas.atendimento.servicos.models import Encaminhamento, Encontro, Grupo, Participante, Protocolo
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao

PACTUAR = Permissao.PROTOCOLO_PACTUAR
QUEM_PACTUA = "Quem pactua o protocolo com outra unidade é a coordenação."
QUEM_RESPONDE = "Responde a um encaminhamento a equipe da unidade que o recebeu."
QUEM_ENVIOU = "Cancela um encaminhamento, ou anota o retorno do órgão, a equipe da unidade que encaminhou."


def obter_encaminhamento_para_ver(ator: Ator, *, encaminhamento_id: UUID) -> Encaminhamento:
    """O encaminhamento que saiu da unidade do ator ou chegou a ela; nas outras ele não existe (404)."""
    encaminhamento = get_object_or_404(
        Encaminhamento.objects.select_related("familia", "pessoa", "origem", "destino", "profissional", "protocolo"),
        pk=encaminhamento_id,
        abrangencia=ator.abrangencia,
    )
    unidade = familias.obter_unidade_para_atender(ator)
    if unidade.pk not in {encaminhamento.origem_id, encaminhamento.destino_id}:
        raise Http404
    return encaminhamento


def obter_encaminhamento_para_responder(ator: Ator, *, encaminhamento_id: UUID) -> Encaminhamento:
    """O que chegou à unidade do ator; a outra ponta o vê e não responde (403)."""
    encaminhamento = obter_encaminhamento_para_ver(ator, encaminhamento_id=encaminhamento_id)
    return _exigir(encaminhamento, ator, encaminhamento.destino_id, QUEM_RESPONDE)


def obter_encaminhamento_para_cuidar(ator: Ator, *, encaminhamento_id: UUID) -> Encaminhamento:
    """O que saiu da unidade do ator, para cancelar ou anotar o retorno de fora."""
    encaminhamento = obter_encaminhamento_para_ver(ator, encaminhamento_id=encaminhamento_id)
    return _exigir(encaminhamento, ator, encaminhamento.origem_id, QUEM_ENVIOU)


def _exigir(encaminhamento: Encaminhamento, ator: Ator, unidade: UUID | None, motivo: str) -> Encaminhamento:
    if ator.unidade != unidade:
        raise SemPermissao(motivo, permissao=familias.ATENDER, em=encaminhamento.abrangencia)
    return encaminhamento


def obter_destino(ator: Ator, *, destino_id: UUID) -> Unidade:
    """Outra unidade do município do ator."""
    origem = familias.obter_unidade_para_atender(ator)
    outras = Unidade.objects.filter(municipio_id=origem.municipio_id, fundida_em__isnull=True).exclude(pk=origem.pk)
    return get_object_or_404(outras, pk=destino_id)


def pactua(ator: Ator) -> bool:
    """O papel combina protocolos pela própria unidade?"""
    return PACTUAR in ator.papel.permissoes and ator.unidade is not None


def obter_unidade_para_pactuar(ator: Ator) -> Unidade:
    """A unidade que o ator coordena; 403 aos demais."""
    unidade = Unidade.objects.filter(pk=ator.unidade).first() if ator.unidade and pactua(ator) else None
    if unidade is None or not ator.pode(PACTUAR, em=unidade.municipio_id, unidade=unidade.pk):
        raise SemPermissao(QUEM_PACTUA, permissao=PACTUAR, em=ator.abrangencia)
    return unidade


def obter_protocolo_para_responder(ator: Ator, *, protocolo_id: UUID) -> Protocolo:
    """A proposta que a outra unidade fez à do ator."""
    protocolo = get_object_or_404(
        Protocolo.objects.select_related("origem", "destino", "proposto_pela"),
        pk=protocolo_id,
        abrangencia=ator.abrangencia,
    )
    unidade = obter_unidade_para_pactuar(ator)
    if unidade.pk not in {protocolo.origem_id, protocolo.destino_id}:
        raise Http404
    if protocolo.responde.pk != unidade.pk:
        raise SemPermissao(
            "Responde à proposta a coordenação da outra unidade.", permissao=PACTUAR, em=protocolo.abrangencia
        )
    return protocolo


def obter_grupo_para_cuidar(ator: Ator, *, grupo_id: UUID) -> Grupo:
    """O grupo da unidade do ator; nas outras ele não existe (404)."""
    grupo = get_object_or_404(Grupo.objects.select_related("unidade"), pk=grupo_id, abrangencia=ator.abrangencia)
    unidade = familias.obter_unidade_para_atender(ator)
    if grupo.unidade_id != unidade.pk:
        raise Http404
    return grupo


def obter_participante_para_tirar(ator: Ator, *, participante_id: UUID) -> Participante:
    """Quem participa de um grupo da unidade do ator."""
    participante = get_object_or_404(
        Participante.objects.select_related("pessoa", "grupo"), pk=participante_id, abrangencia=ator.abrangencia
    )
    obter_grupo_para_cuidar(ator, grupo_id=participante.grupo_id)
    return participante


def obter_encontro_para_anular(ator: Ator, *, encontro_id: UUID) -> Encontro:
    """O encontro de um grupo da unidade do ator: anula quem fez a chamada, ou a coordenação."""
    encontro = get_object_or_404(Encontro.objects.select_related("grupo"), pk=encontro_id, abrangencia=ator.abrangencia)
    obter_grupo_para_cuidar(ator, grupo_id=encontro.grupo_id)
    fez = ator.pessoa is not None and encontro.profissional_id == ator.pessoa.pk
    if not fez and ator.papel.codigo != "coordenacao_unidade":
        raise SemPermissao(
            "Anula um encontro quem fez a chamada, ou a coordenação da unidade.",
            permissao=familias.ATENDER,
            em=encontro.abrangencia,
            unidade=encontro.unidade_id,
        )
    return encontro
