"""Conferir e aplicar: na hora, as planilhas pequenas; pela fila, com andamento, as outras."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from suas.nucleo.fila import acoes as fila
from suas.nucleo.fila.consultas import andamento_se_houver
from suas.nucleo.fila.declarada import TarefaDeclarada, task
from suas.nucleo.fila.execucao import Execucao
from suas.nucleo.identidade.consultas import ator_pelo_vinculo
from suas.nucleo.importacoes import registro
from suas.nucleo.importacoes.acoes import aplicacao
from suas.nucleo.importacoes.models import Importacao, Situacao
from suas.nucleo.importacoes.registro import Importador
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela.filtros import numero

if TYPE_CHECKING:
    from suas.nucleo.fila.models import Andamento

#: Até tantas linhas, o pedido espera a conferência; além, ela vai à fila e a página a acompanha.
LINHAS_NA_HORA = 300
#: Quantas vezes se confere fora da transação enquanto outros gravam no mesmo lugar; depois, dentro dela.
VEZES_POR_FORA = 3


def conferir(*, importacao: Importacao, importador: Importador, por: Ator, em: datetime) -> Importacao:
    """Confere a planilha que acabou de chegar ou de mudar."""
    if importacao.linhas <= LINHAS_NA_HORA:
        feita = aplicacao.calcular(importacao, importador, em=em)
        return aplicacao.guardar_previa(importacao=importacao, previa=feita.previa)
    with transaction.atomic():
        _pedir(importacao, titulo=f"Conferência de {importacao.arquivo}", tarefa=conferir_na_fila, por=por, em=em)
    importacao.refresh_from_db()
    return importacao


def aplicar(*, importacao: Importacao, importador: Importador, por: Ator, em: datetime) -> Importacao:
    """Aplica (ou aprova e aplica) a planilha pronta. Pedir duas vezes é o mesmo que uma."""
    with transaction.atomic():
        antes = importacao.situacao
        importacao = aplicacao.comecar(importacao=importacao, importador=importador, por=por, em=em)
        if importacao.situacao != Situacao.APLICANDO or antes == Situacao.APLICANDO:
            return importacao
        if importacao.linhas <= LINHAS_NA_HORA:
            return aplicacao.aplicar(importacao=importacao, importador=importador, por=por, em=em)
        _pedir(importacao, titulo=f"Aplicação de {importacao.arquivo}", tarefa=aplicar_na_fila, por=por, em=em)
    importacao.refresh_from_db()
    return importacao


def _pedir(
    importacao: Importacao, *, titulo: str, tarefa: TarefaDeclarada[..., None], por: Ator, em: datetime
) -> Andamento:
    andamento = fila.abrir(titulo=titulo[:200], abrangencia=importacao.abrangencia, em=em)
    Importacao.objects.filter(pk=importacao.pk).update(andamento_id=andamento.pk)
    vinculo = por.vinculo.pk if por.vinculo else None
    tarefa.using(
        titulo=andamento.titulo, andamento=andamento.pk, abrangencia=importacao.abrangencia, vinculo=vinculo
    ).enqueue(
        importacao_id=str(importacao.pk),
        vinculo_id=str(vinculo or ""),
        mudada_em=importacao.mudada_em.isoformat(),
        em=em.isoformat(),
    )
    return andamento


@task(takes_context=True, longa=True, titulo="Conferência de planilha")
def conferir_na_fila(context: Execucao, importacao_id: str, vinculo_id: str, mudada_em: str, em: str) -> None:
    """Confere a planilha e guarda a prévia; a que mudou no meio tempo terá outra conferência."""
    importacao = _achar(importacao_id)
    importador = registro.importador(importacao.importador) if importacao else None
    if importacao is None or importador is None or importacao.mudada_em != datetime.fromisoformat(mudada_em):
        return
    feita = aplicacao.calcular(importacao, importador, em=datetime.fromisoformat(em), conte=context.contar)
    with context.concluir():
        guardada = aplicacao.guardar_previa(importacao=importacao, previa=feita.previa)
        _encerrar(guardada, f"{numero(guardada.linhas)} linhas conferidas.", em=context.relogio())


@task(takes_context=True, longa=True, titulo="Aplicação de planilha")
def aplicar_na_fila(context: Execucao, importacao_id: str, vinculo_id: str, mudada_em: str, em: str) -> None:
    """Grava a planilha inteira, ou nada."""
    importacao = _achar(importacao_id)
    importador = registro.importador(importacao.importador) if importacao else None
    if importacao is None or importador is None:
        return
    instante = datetime.fromisoformat(em)
    for vez in range(VEZES_POR_FORA + 1):
        por_fora = vez < VEZES_POR_FORA
        adiantada = aplicacao.adiantar(importacao, importador, em=instante, conte=context.contar) if por_fora else None
        context.contar("Gravando" if adiantada else "Conferindo de novo e gravando", 0, importacao.linhas)
        try:
            with context.concluir():
                feita = aplicacao.aplicar(
                    importacao=importacao,
                    importador=importador,
                    por=ator_pelo_vinculo(vinculo_id),
                    em=instante,
                    adiantada=adiantada,
                )
                _encerrar(feita, f"Planilha {feita.get_situacao_display()}.", em=context.relogio())
        except aplicacao.MudouEnquantoSeConferia:
            continue
        return


def _achar(importacao_id: str) -> Importacao | None:
    return Importacao.objects.filter(pk=UUID(importacao_id)).first()


def _encerrar(importacao: Importacao, mensagem: str, *, em: datetime) -> None:
    if (andamento := andamento_se_houver(importacao.andamento_id)) is not None:
        fila.encerrar(andamento, mensagem=mensagem, em=em)
