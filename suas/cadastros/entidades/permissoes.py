"""Quem vê, quem mantém e quem inscreve uma entidade. As telas só chegam a ela por `obter_…_para_…`.

O cadastro é público. Mantém-no o órgão gestor do município da sede e a própria entidade; inscreve o conselho do
município, e nenhum outro. A esfera de cima lê e não faz.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.cadastros.entidades.models import Entidade, Entrega, Inscricao, Oferta, Passo
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao

_CADASTRAM = (Permissao.ENTIDADE_ATUALIZAR, Permissao.ENTIDADE_INSCREVER)


def _no_municipio(ator: Ator, permissao: Permissao, municipio: str) -> bool:
    do_municipio = len(municipio) == 7 and ator.abrangencia == municipio
    return do_municipio and ator.pode(permissao, em=municipio)


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
    return any(_no_municipio(ator, permissao, ator.abrangencia) for permissao in _CADASTRAM)


def cuida(ator: Ator, entidade: Entidade) -> bool:
    """Vê por dentro: a própria entidade, e quem examina entidades no território da sede."""
    return e_da_entidade(ator, entidade) or ator.pode(Permissao.ENTIDADE_EXAMINAR, em=entidade.municipio_id)


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


def exigir_gestao(ator: Ator, entidade: Entidade) -> None:
    """Recusa (403) quem não é do órgão gestor da sede."""
    if not pode_atualizar(ator, entidade):
        raise SemPermissao(
            f"Isto é do órgão gestor de {entidade.municipio}: a titular, a adjunta ou a vigilância.",
            permissao=Permissao.ENTIDADE_ATUALIZAR,
            em=entidade.municipio_id,
            so_na_esfera=True,
        )


def exigir_conselho(ator: Ator, inscricao: Inscricao) -> None:
    """Recusa (403) quem não é do conselho da inscrição."""
    if not pode_inscrever(ator, municipio=inscricao.municipio_id):
        raise SemPermissao(
            f"Conduz esta inscrição o conselho de {inscricao.municipio}: a presidência ou a secretaria executiva.",
            permissao=Permissao.ENTIDADE_INSCREVER,
            em=inscricao.municipio_id,
            so_na_esfera=True,
        )


def pode_pedir(ator: Ator, entidade: Entidade, *, municipio: str) -> bool:
    """Pede a inscrição a própria entidade; o conselho do município protocola por ela o que chega em papel."""
    return e_da_entidade(ator, entidade) or pode_inscrever(ator, municipio=municipio)


def e_do_pedido(ator: Ator, inscricao: Inscricao) -> bool:
    """É da entidade que pediu, ou do conselho a que pediu?"""
    return pode_pedir(ator, inscricao.entidade, municipio=inscricao.municipio_id)


def exigir_pedido(ator: Ator, inscricao: Inscricao) -> None:
    """Recusa (403) quem não é da entidade nem do conselho."""
    if not e_do_pedido(ator, inscricao):
        raise SemPermissao(
            f"Isto é da entidade, ou do conselho de {inscricao.municipio}.",
            permissao=Permissao.ENTIDADE_INSCREVER,
            em=inscricao.municipio_id,
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


def obter_entidade_para_gerir(ator: Ator, *, entidade_id: UUID) -> Entidade:
    """A entidade, para o órgão gestor da sede."""
    entidade = obter_entidade_para_ver(ator, entidade_id=entidade_id)
    exigir_gestao(ator, entidade)
    return entidade


def obter_oferta_para_editar(ator: Ator, *, oferta_id: UUID) -> Oferta:
    """A oferta, para quem mantém a ficha da entidade."""
    oferta = get_object_or_404(Oferta.objects.select_related("entidade__municipio__uf", "municipio__uf"), pk=oferta_id)
    exigir_edicao(ator, oferta.entidade)
    return oferta


def obter_entidade_para_pedir(ator: Ator, *, entidade_id: UUID) -> Entidade:
    """A entidade, para quem pede a inscrição dela: ela mesma, ou o conselho do município de quem age."""
    entidade = obter_entidade_para_ver(ator, entidade_id=entidade_id)
    if not pode_pedir(ator, entidade, municipio=ator.abrangencia):
        raise SemPermissao(
            "Pede a inscrição a própria entidade; o que chega em papel, o conselho do município protocola.",
            permissao=Permissao.ENTIDADE_INSCREVER,
        )
    return entidade


def exigir_do_conselho(ator: Ator) -> None:
    """Recusa (403) quem não é do conselho de um município."""
    if not pode_inscrever(ator, municipio=ator.abrangencia):
        raise SemPermissao(
            "Esta página é da presidência e da secretaria executiva do conselho de um município.",
            permissao=Permissao.ENTIDADE_INSCREVER,
        )


def exigir_exame(ator: Ator) -> None:
    """Recusa (403) quem não examina inscrições em território algum."""
    if Permissao.ENTIDADE_EXAMINAR not in ator.papel.permissoes:
        raise SemPermissao(
            "As inscrições em andamento são de quem as pede, decide ou supervisiona.",
            permissao=Permissao.ENTIDADE_EXAMINAR,
        )


def ve_inscricao(ator: Ator, inscricao: Inscricao) -> bool:
    """A entidade, e quem examina no município do conselho ou no da sede."""
    if e_da_entidade(ator, inscricao.entidade):
        return True
    return any(
        ator.pode(Permissao.ENTIDADE_EXAMINAR, em=codigo)
        for codigo in (inscricao.municipio_id, inscricao.entidade.municipio_id)
    )


def obter_inscricao_para_ver(ator: Ator, *, inscricao_id: UUID) -> Inscricao:
    """A inscrição por dentro. 404 fora do território do conselho e da sede; 403 dentro dele, sem o direito."""
    inscricao = _inscricao(inscricao_id)
    if ve_inscricao(ator, inscricao):
        return inscricao
    if not (ator.alcanca(inscricao.municipio_id) or ator.alcanca(inscricao.entidade.municipio_id)):
        raise Http404
    raise SemPermissao(
        "A inscrição por dentro é da entidade, do conselho, do órgão gestor e de quem os supervisiona. O comprovante "
        "é público.",
        permissao=Permissao.ENTIDADE_EXAMINAR,
        em=inscricao.municipio_id,
    )


def obter_inscricao_para_conduzir(ator: Ator, *, inscricao_id: UUID) -> Inscricao:
    """A inscrição, para o conselho que a conduz."""
    inscricao = obter_inscricao_para_ver(ator, inscricao_id=inscricao_id)
    exigir_conselho(ator, inscricao)
    return inscricao


def obter_inscricao_para_completar(ator: Ator, *, inscricao_id: UUID) -> Inscricao:
    """A inscrição, para a entidade que pede e o conselho que protocola."""
    inscricao = obter_inscricao_para_ver(ator, inscricao_id=inscricao_id)
    exigir_pedido(ator, inscricao)
    return inscricao


def obter_comprovante_para_ver(ator: Ator, *, inscricao_id: UUID) -> Inscricao:
    """A inscrição que recebeu número: qualquer pessoa confere; as outras, 404."""
    inscricao = _inscricao(inscricao_id)
    if inscricao.numero is None:
        raise Http404
    return inscricao


def obter_entrega_para_ler(ator: Ator, *, inscricao_id: UUID, entrega_id: UUID) -> Entrega:
    """Um documento da inscrição, para quem a vê por dentro."""
    inscricao = obter_inscricao_para_ver(ator, inscricao_id=inscricao_id)
    return get_object_or_404(Entrega.objects.select_related("documento"), inscricao=inscricao, pk=entrega_id)


def obter_passo_para_ler(ator: Ator, *, inscricao_id: UUID, passo_id: int) -> Passo:
    """Um passo com arquivo, para quem vê a inscrição por dentro."""
    inscricao = obter_inscricao_para_ver(ator, inscricao_id=inscricao_id)
    com_arquivo = Passo.objects.select_related("documento").filter(documento__isnull=False)
    return get_object_or_404(com_arquivo, inscricao=inscricao, pk=passo_id)


def obter_entrega_para_conferir(ator: Ator, *, inscricao_id: UUID, entrega_id: UUID) -> Entrega:
    """Um documento da inscrição, para o conselho que o confere."""
    inscricao = obter_inscricao_para_conduzir(ator, inscricao_id=inscricao_id)
    entrega = get_object_or_404(Entrega.objects.select_related("documento"), inscricao=inscricao, pk=entrega_id)
    entrega.inscricao = inscricao
    return entrega


def _inscricao(inscricao_id: UUID) -> Inscricao:
    return get_object_or_404(
        Inscricao.objects.select_related("entidade__municipio__uf", "municipio__uf", "oferta"), pk=inscricao_id
    )
