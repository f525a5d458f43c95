"""Quem vê, quem mantém e quem inscreve uma entidade. As telas só chegam a ela por `obter_…_para_…`.

O cadastro é público. Mantém-no o órgão gestor do município da sede e a própria entidade; inscreve o conselho do
município, e nenhum outro. A esfera de cima lê e não faz.
"""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from suas.cadastros.entidades.models import Entidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao

_CUIDAM = (Permissao.ENTIDADE_ATUALIZAR, Permissao.ENTIDADE_INSCREVER)


def _no_municipio(ator: Ator, permissao: Permissao, municipio: str) -> bool:
    return ator.abrangencia == municipio and ator.pode(permissao, em=municipio)


def e_da_entidade(ator: Ator, entidade: Entidade) -> bool:
    """O vínculo em uso é da própria entidade?"""
    propria = ator.unidade == entidade.pk
    return propria and ator.pode(Permissao.ENTIDADE_DA_PROPRIA, em=entidade.municipio_id, unidade=entidade.pk)


def pode_atualizar(ator: Ator, entidade: Entidade) -> bool:
    """É do órgão gestor do município da sede?"""
    return _no_municipio(ator, Permissao.ENTIDADE_ATUALIZAR, entidade.municipio_id)


def pode_inscrever(ator: Ator, *, municipio: str) -> bool:
    """É do conselho deste município?"""
    return _no_municipio(ator, Permissao.ENTIDADE_INSCREVER, municipio)


def pode_editar(ator: Ator, entidade: Entidade) -> bool:
    return e_da_entidade(ator, entidade) or pode_atualizar(ator, entidade)


def pode_cadastrar(ator: Ator) -> bool:
    """Cadastra quem é do órgão gestor ou do conselho de um município."""
    return any(_no_municipio(ator, permissao, ator.abrangencia) for permissao in _CUIDAM) and len(ator.abrangencia) == 7


def cuida(ator: Ator, entidade: Entidade) -> bool:
    """Vê por dentro: a própria entidade, e quem mantém, inscreve ou supervisiona no território da sede."""
    if e_da_entidade(ator, entidade):
        return True
    permissoes = (*_CUIDAM, Permissao.TRILHA_VER)
    return any(ator.pode(permissao, em=entidade.municipio_id) for permissao in permissoes)


def exigir_cadastro(ator: Ator, *, municipio: str) -> None:
    """Recusa (403) quem não é do órgão gestor nem do conselho do município."""
    if not (pode_cadastrar(ator) and ator.abrangencia == municipio):
        raise SemPermissao(
            "Cadastra entidades o órgão gestor do município da sede, ou o conselho dele.",
            permissao=Permissao.ENTIDADE_ATUALIZAR,
            em=municipio,
            so_na_esfera=True,
        )


def exigir_alguma_cidade(ator: Ator) -> None:
    """Recusa (403) quem não cadastra em município algum."""
    if not pode_cadastrar(ator):
        raise SemPermissao(
            "Cadastra entidades o órgão gestor do município da sede, ou o conselho dele.",
            permissao=Permissao.ENTIDADE_ATUALIZAR,
        )


def exigir_edicao(ator: Ator, entidade: Entidade) -> None:
    """Recusa (403) quem não é da entidade nem do órgão gestor da sede."""
    if not pode_editar(ator, entidade):
        raise SemPermissao(
            f"Mantém esta ficha a própria entidade ou o órgão gestor de {entidade.municipio}.",
            permissao=Permissao.ENTIDADE_ATUALIZAR,
            em=entidade.municipio_id,
            so_na_esfera=True,
        )


def obter_entidade_para_ver(ator: Ator, *, entidade_id: UUID) -> Entidade:
    """A entidade: o cadastro é público. O que só quem cuida vê, a tela pergunta a `cuida`."""
    return get_object_or_404(Entidade.objects.select_related("municipio__uf"), pk=entidade_id)


def obter_entidade_para_editar(ator: Ator, *, entidade_id: UUID) -> Entidade:
    """A entidade, para quem mantém a ficha dela; 403, dizendo quem, aos outros."""
    entidade = obter_entidade_para_ver(ator, entidade_id=entidade_id)
    exigir_edicao(ator, entidade)
    return entidade
