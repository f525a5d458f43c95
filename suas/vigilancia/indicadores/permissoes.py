"""Quem importa, confere e digita indicadores. Consultar é público."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.cadastros.territorio.models import Municipio
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao
from suas.vigilancia.indicadores.consultas import importacoes_de
from suas.vigilancia.indicadores.models import Importacao


def exigir_importar(ator: Ator) -> None:
    """Recusa (403) quem não importa indicadores na própria abrangência."""
    if not ator.pode(Permissao.INDICADOR_IMPORTAR, em=ator.abrangencia):
        raise SemPermissao(
            "Só a administração federal e a gestão, a gerência e a vigilância estaduais importam indicadores.",
            permissao=Permissao.INDICADOR_IMPORTAR,
        )


def pode_importar_populacao(ator: Ator) -> bool:
    """A população do cadastro é uma só: quem a importa é a administração federal."""
    return ator.pode(Permissao.POPULACAO_IMPORTAR, em=ator.abrangencia)


def obter_importacao_para_conferir(ator: Ator, *, importacao_id: UUID) -> Importacao:
    """A importação, se foi feita dentro da abrangência do ator (senão 404) e ele importa (senão 403)."""
    importacao = get_object_or_404(importacoes_de(ator).defer(None), pk=importacao_id)
    exigir_importar(ator)
    return importacao


def obter_municipio_para_digitar(ator: Ator, *, codigo: str) -> Municipio:
    """O município, se está na abrangência do ator (senão 404) e ele digita indicadores (senão 403)."""
    municipio = get_object_or_404(Municipio.objects.select_related("uf"), pk=codigo)
    if not ator.alcanca(codigo):
        raise Http404
    if not ator.pode(Permissao.INDICADOR_DIGITAR, em=codigo):
        raise SemPermissao(
            "Só a administração federal e a gestão, a gerência e a vigilância estaduais digitam indicadores.",
            permissao=Permissao.INDICADOR_DIGITAR,
            em=codigo,
        )
    return municipio
