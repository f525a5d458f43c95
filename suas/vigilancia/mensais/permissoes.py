"""Quem lê, quem preenche e quem confere o mês. As telas só chegam a uma unidade por `obter_…_para_…`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao
from suas.vigilancia.mensais import consultas
from suas.vigilancia.mensais.models import Comprovante

if TYPE_CHECKING:
    from suas.nucleo.documentos.models import Documento

VER, PREENCHER, CONFERIR = Permissao.RMA_VER, Permissao.RMA_PREENCHER, Permissao.RMA_CONFERIR
#: As linhas atrás de um número são de famílias: lê-as quem lê o prontuário na unidade (ADR 0073).
LER_REGISTROS = Permissao.FAMILIA_ATENDER
QUEM_LE_REGISTROS = "As linhas atrás do número são de famílias atendidas: lê-as a equipe da unidade."
QUEM_VE = "Lê o mês das unidades quem acompanha a rede no território e, na própria unidade, a coordenação."
QUEM_PREENCHE = "Preenche o mês a coordenação da unidade ou, por ela, a gestão e a vigilância do município."
QUEM_PREENCHE_TUDO = (
    "Preenche várias unidades numa grade a gestão ou a vigilância do município; a coordenação, só a própria."
)
QUEM_CONFERE = "Confere o que as unidades enviam a vigilância socioassistencial ou a gestão do município."


def obter_unidade_para_ver(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A unidade que responde a um formulário do mês: 404 fora do território, 403 dentro dele sem o direito."""
    unidade = get_object_or_404(Unidade.objects.select_related("municipio__uf"), pk=unidade_id)
    if not ator.alcanca(unidade.municipio_id) or unidade.tipo not in consultas.FORMULARIOS:
        raise Http404
    _exigir(ator, VER, unidade, QUEM_VE)
    return unidade


def obter_unidade_para_preencher(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A unidade cujo mês o ator preenche e envia."""
    unidade = obter_unidade_para_ver(ator, unidade_id=unidade_id)
    _exigir(ator, PREENCHER, unidade, QUEM_PREENCHE)
    return unidade


def obter_unidade_para_conferir(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A unidade cujos envios o ator aprova ou devolve."""
    unidade = obter_unidade_para_ver(ator, unidade_id=unidade_id)
    _exigir(ator, CONFERIR, unidade, QUEM_CONFERE)
    return unidade


def obter_unidade_para_ler_registros(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A unidade de que o ator lê também as linhas atrás dos números: a equipe que a atende, e não quem só confere."""
    unidade = obter_unidade_para_ver(ator, unidade_id=unidade_id)
    _exigir(ator, LER_REGISTROS, unidade, QUEM_LE_REGISTROS)
    return unidade


def obter_comprovante_para_ver(ator: Ator, *, unidade_id: UUID, mes: str, comprovante_id: int) -> Documento:
    """O arquivo de um comprovante do mês da unidade, a quem lê o mês."""
    unidade = obter_unidade_para_ver(ator, unidade_id=unidade_id)
    do_mes = Comprovante.objects.filter(
        envio__registro__unidade=unidade, envio__registro__competencia=mes, documento__isnull=False
    )
    achado = get_object_or_404(do_mes.select_related("documento"), pk=comprovante_id)
    if achado.documento is None:
        raise Http404
    return achado.documento


def pode(ator: Ator, permissao: Permissao, unidade: Unidade) -> bool:
    return ator.pode(permissao, em=unidade.municipio_id, unidade=unidade.pk)


def exigir_painel(ator: Ator, *, onde: str) -> None:
    """O painel de um território: 404 fora do alcance, 403 a quem não lê o mês ali."""
    if not ator.alcanca(onde):
        raise Http404
    if not ator.pode(VER, em=onde, unidade=ator.unidade):
        raise SemPermissao(QUEM_VE, permissao=VER, em=onde)


def exigir_preencher_no_municipio(ator: Ator, *, onde: str) -> None:
    """A grade de várias unidades: de quem preenche pelo município inteiro. 404 fora do alcance."""
    if len(onde) != 7 or not ator.alcanca(onde):
        raise Http404
    if not ator.pode(PREENCHER, em=onde):
        raise SemPermissao(QUEM_PREENCHE_TUDO, permissao=PREENCHER, em=onde)


def preenche_no_municipio(ator: Ator, *, onde: str) -> bool:
    return len(onde) == 7 and ator.pode(PREENCHER, em=onde)


def ve_o_painel(ator: Ator) -> bool:
    return bool(ator.abrangencia) and ator.pode(VER, em=ator.abrangencia, unidade=ator.unidade)


def _exigir(ator: Ator, permissao: Permissao, unidade: Unidade, motivo: str) -> None:
    if not pode(ator, permissao, unidade):
        raise SemPermissao(motivo, permissao=permissao, em=unidade.municipio_id, unidade=unidade.pk)
