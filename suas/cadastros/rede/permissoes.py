"""Quem vê, quem muda e quem aprova a rede. As telas só chegam a uma unidade ou pedido por `obter_…_para_…`."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.cadastros.rede import consultas
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.abrangencia import esfera_de
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao


def obter_unidade_para_ver(unidade_id: UUID) -> Unidade:
    """A ficha é pública; o endereço reservado se pergunta em `ve_endereco`."""
    return get_object_or_404(Unidade.objects.select_related("municipio__uf", "fundida_em"), pk=unidade_id)


def ve_endereco(ator: Ator, unidade: Unidade) -> bool:
    """O endereço reservado só se mostra a quem age no território da unidade."""
    return not unidade.endereco_reservado or ator.alcanca(unidade.municipio_id)


def pode_atualizar(ator: Ator, unidade: Unidade) -> bool:
    """A coordenação na própria unidade; a gestão e a vigilância municipais no município; a do estado, nas regionais."""
    if not ator.pode(Permissao.REDE_ATUALIZAR, em=unidade.municipio_id, unidade=unidade.pk):
        return False
    esfera = esfera_de(ator.abrangencia)
    return esfera == "municipio" or (esfera == "uf" and consultas.e_regional(unidade))


def cuida_da_identificacao(ator: Ator) -> bool:
    """Nome, identificador, natureza, datas e o que é reservado são da gestão, e não da coordenação da unidade."""
    return not ator.papel.da_unidade


def obter_unidade_para_atualizar(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A unidade de que o ator cuida: 404 fora da abrangência, 403 dizendo quem cuida dentro dela."""
    unidade = obter_unidade_para_ver(unidade_id)
    if not ator.alcanca(unidade.municipio_id):
        raise Http404
    if not pode_atualizar(ator, unidade):
        raise SemPermissao(
            f"Quem atualiza {unidade.nome} é {consultas.quem_cuida(unidade)}.",
            permissao=Permissao.REDE_ATUALIZAR,
            em=unidade.municipio_id,
            so_na_esfera=not consultas.e_regional(unidade),
        )
    return unidade
