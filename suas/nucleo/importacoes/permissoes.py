"""Quem traz, confere e aprova planilhas."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.nucleo.importacoes import consultas, registro
from suas.nucleo.importacoes.models import Importacao, Situacao
from suas.nucleo.importacoes.registro import Importador
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.recusa import SemPermissao


def tem_o_que_ver(ator: Ator) -> bool:
    """Traz ou aprova algum tipo de planilha?"""
    return bool(consultas.que_importa(ator) or consultas.que_aprova(ator))


def exigir_lista(ator: Ator) -> None:
    """Recusa (403) quem não traz nem aprova planilha nenhuma."""
    if not tem_o_que_ver(ator):
        primeiro = next(iter(registro.importadores()), None)
        if primeiro is None:
            raise Http404
        raise SemPermissao("O seu papel não importa nenhuma planilha.", permissao=primeiro.permissao)


def obter_importador_para_trazer(ator: Ator, *, codigo: str) -> Importador:
    """O tipo de planilha, para quem o traz (senão 403); o que não há é 404."""
    importador = registro.importador(codigo)
    if importador is None:
        raise Http404
    if not consultas.traz(ator, importador):
        raise SemPermissao(f"O seu papel não importa “{importador.nome}”.", permissao=importador.permissao)
    return importador


def obter_importacao_para_ver(ator: Ator, *, importacao_id: UUID) -> tuple[Importacao, Importador]:
    """A planilha e o seu tipo, para quem o traz ou aprova. Fora da abrangência não existe (404); sem o direito, 403."""
    importacao = get_object_or_404(consultas.importacoes_de(ator).defer(None), pk=importacao_id)
    importador = registro.importador(importacao.importador)
    if importador is None:
        raise Http404
    if not (pode_corrigir(ator, importacao, importador) or pode_aprovar(ator, importacao, importador)):
        raise SemPermissao(
            f"O seu papel não importa “{importador.nome}”.", permissao=importador.permissao, em=importacao.abrangencia
        )
    return importacao, importador


def obter_importacao_para_corrigir(ator: Ator, *, importacao_id: UUID) -> tuple[Importacao, Importador]:
    """A mesma, para quem a corrige, envia e desiste dela (senão 403)."""
    importacao, importador = obter_importacao_para_ver(ator, importacao_id=importacao_id)
    if not pode_corrigir(ator, importacao, importador):
        raise SemPermissao(
            "Quem aprova não corrige a planilha de outra pessoa: recuse-a, dizendo o que falta.",
            permissao=importador.permissao,
            em=importacao.abrangencia,
        )
    return importacao, importador


def obter_importacao_para_decidir(ator: Ator, *, importacao_id: UUID) -> tuple[Importacao, Importador]:
    """A mesma, para outra pessoa que a aprova ou recusa (senão 403)."""
    importacao, importador = obter_importacao_para_ver(ator, importacao_id=importacao_id)
    if not pode_aprovar(ator, importacao, importador):
        raise SemPermissao(
            "Esta planilha é aprovada por outra pessoa, com o papel que aprova.",
            permissao=importador.aprova or importador.permissao,
            em=importacao.abrangencia,
        )
    return importacao, importador


def pode_corrigir(ator: Ator, importacao: Importacao, importador: Importador) -> bool:
    """Traz este tipo de planilha no território desta?"""
    return ator.pode(importador.permissao, em=importacao.abrangencia)


def pode_aprovar(ator: Ator, importacao: Importacao, importador: Importador) -> bool:
    """Aprova este tipo, no território, e não foi quem trouxe?"""
    return (
        importador.aprova is not None
        and ator.pessoa is not None
        and ator.pessoa.pk != importacao.por_id
        and ator.pode(importador.aprova, em=importacao.abrangencia)
    )


def espera_por(ator: Ator, importacao: Importacao, importador: Importador) -> bool:
    """Está à espera e este vínculo a decide?"""
    return importacao.situacao == Situacao.A_ESPERA and pode_aprovar(ator, importacao, importador)
