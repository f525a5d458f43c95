"""Conferir e guardar a prévia; encaminhar, aprovar, recusar e aplicar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from suas.nucleo import banco
from suas.nucleo.importacoes import consultas, sigilo
from suas.nucleo.importacoes.acoes.preparo import esvaziar, lembrar_colunas, travar
from suas.nucleo.importacoes.conferencia import Conferida, Previa, conferir
from suas.nucleo.importacoes.models import Importacao, Situacao
from suas.nucleo.importacoes.registro import AplicacaoRecusada, Importador, Lote
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar
from suas.nucleo.trilha.consultas import marca_das_tabelas

Conte = Callable[[str, int, int], None]


def _nao_conte(etapa: str, feito: int, total: int) -> None:
    return None


class MudouEnquantoSeConferia(MudouNoMeioTempo):
    """Alguém gravou no que a conferência leu: ela já não vale, e nada se gravou."""


@dataclass(frozen=True, kw_only=True)
class Adiantada:
    """A conferência feita antes da transação que grava, com a prévia já cifrada e a marca do que se leu."""

    conferida: Conferida
    previa: bytes
    marca: int


def calcular(importacao: Importacao, importador: Importador, *, em: datetime, conte: Conte = _nao_conte) -> Conferida:
    """Confere a planilha como está guardada. Demora; não grava."""
    conte("Lendo o arquivo", 0, importacao.linhas)
    quadro = consultas.quadro_de(importacao, importador)
    pedido = consultas.pedido_de(importacao, importador, em=em)
    return conferir(importador, quadro, consultas.escolhas_de(importacao), pedido, conte=conte)


def adiantar(
    importacao: Importacao, importador: Importador, *, em: datetime, conte: Conte = _nao_conte
) -> Adiantada | None:
    """Confere fora da transação, para que ninguém espere; nada, se o tipo não diz de onde lê. Não grava."""
    if not importador.le:
        return None
    marca = marca_das_tabelas(importador.le)
    conferida = calcular(importacao, importador, em=em, conte=conte)
    previa = sigilo.fechar(conferida.previa.em_bytes(), de=importacao.pk, campo="previa")
    return Adiantada(conferida=conferida, previa=previa, marca=marca)


@transaction.atomic
def guardar_previa(*, importacao: Importacao, previa: Previa) -> Importacao:
    """Guarda a prévia calculada. Se a planilha mudou enquanto se conferia, a prévia já não é dela e não fica."""
    travada = travar(importacao)
    if travada.situacao != Situacao.CONFERINDO or travada.mudada_em != importacao.mudada_em:
        return travada
    _por_previa(travada, previa)
    travada.save()
    return travada


def _por_previa(importacao: Importacao, previa: Previa, *, fechada: bytes = b"") -> None:
    contagem = previa.contagem
    importacao.previa = fechada or sigilo.fechar(previa.em_bytes(), de=importacao.pk, campo="previa")
    importacao.faltas = len(previa.faltas) + len(previa.gerais)
    importacao.novas, importacao.mudadas, importacao.iguais = (contagem[t] for t in ("nova", "mudada", "igual"))
    importacao.situacao = Situacao.COM_FALTAS if importacao.faltas else Situacao.PRONTA


@transaction.atomic
def encaminhar(*, importacao: Importacao, importador: Importador, por: Ator, em: datetime) -> Importacao:
    """Manda a planilha pronta a quem aprova; ela fica retida até a decisão de outra pessoa."""
    travada = travar(importacao)
    if travada.situacao == Situacao.A_ESPERA:
        return travada
    if importador.aprova is None:
        raise AtoRecusado("Esta planilha não pede aprovação: aplique-a.")
    if travada.situacao != Situacao.PRONTA:
        raise AtoRecusado(_por_que_nao(travada))
    travada.situacao, travada.mudada_em, travada.motivo = Situacao.A_ESPERA, em, ""
    travada.decidida_por, travada.decidida_em = None, None
    travada.save()
    registrar(ato="importacoes.encaminhar", objeto=travada, por=por, em=em)
    return travada


@transaction.atomic
def recusar(*, importacao: Importacao, motivo: str, por: Ator, em: datetime) -> Importacao:
    """Quem aprova devolve a planilha, com o motivo; quem a trouxe corrige e encaminha outra vez."""
    travada = _a_decidir(importacao, por=por)
    if not motivo.strip():
        raise AtoRecusado("Diga por que recusa: quem trouxe a planilha precisa saber o que corrigir.")
    travada.situacao, travada.mudada_em, travada.motivo = Situacao.RECUSADA, em, motivo.strip()
    travada.decidida_por, travada.decidida_em = por.pessoa, em
    travada.save()
    registrar(ato="importacoes.recusar", objeto=travada, por=por, em=em, motivo=travada.motivo)
    return travada


@transaction.atomic
def comecar(*, importacao: Importacao, importador: Importador, por: Ator, em: datetime) -> Importacao:
    """Põe a gravar a planilha sem faltas e, se o tipo pede, aprovada por outra pessoa. Repetir não muda nada."""
    travada = travar(importacao)
    if travada.situacao in (Situacao.APLICADA, Situacao.APLICANDO):
        return travada
    if importador.aprova is not None:
        travada = _a_decidir(travada, por=por)
        travada.decidida_por, travada.decidida_em = por.pessoa, em
        registrar(ato="importacoes.aprovar", objeto=travada, por=por, em=em)
    elif travada.situacao != Situacao.PRONTA:
        raise AtoRecusado(_por_que_nao(travada))
    travada.situacao, travada.mudada_em = Situacao.APLICANDO, em
    travada.save()
    return travada


@transaction.atomic
def aplicar(
    *,
    importacao: Importacao,
    importador: Importador,
    por: Ator,
    em: datetime,
    adiantada: Adiantada | None = None,
    conte: Conte = _nao_conte,
) -> Importacao:
    """Confere de novo e grava, tudo ou nada, pelo ato do módulo. Já aplicada, não muda nada.

    Com `adiantada`, em vez de conferir de novo só confirma que nada do que ela leu mudou desde então. Se o que há
    gravado mudou e a planilha passou a ter faltas, ou o módulo recusa, nada se grava e ela volta às mãos de quem a
    trouxe, com as faltas. Erros: `MudouEnquantoSeConferia` se a `adiantada` já não vale.
    """
    travada = travar(importacao)
    if travada.situacao != Situacao.APLICANDO:
        return travada
    # duas planilhas do mesmo tipo, uma de cada vez: a segunda já vê o que a primeira gravou
    banco.travar(f"importacoes:{importador.codigo}")
    if adiantada is not None and marca_das_tabelas(importador.le) != adiantada.marca:
        raise MudouEnquantoSeConferia("Alguém gravou enquanto a planilha se conferia. Confira de novo.")
    feita = adiantada.conferida if adiantada else calcular(travada, importador, em=em, conte=conte)
    if feita.previa.faltas or feita.previa.gerais:
        return _devolver(travada, feita.previa)
    lote = Lote(
        importacao=travada.pk,
        arquivo=travada.arquivo,
        linhas=feita.a_gravar,
        pedido=consultas.pedido_de(travada, importador, em=em),
        conjunto=feita.conjunto,
    )
    conte("Gravando", 0, len(feita.a_gravar))
    try:
        with transaction.atomic():
            if lote.linhas or importador.sempre:
                importador.aplicar(lote, por=por, em=em)
    except AplicacaoRecusada as recusa:
        return _devolver(travada, replace(feita.previa, gerais=(str(recusa),)))
    _por_previa(travada, feita.previa, fechada=adiantada.previa if adiantada else b"")
    return _concluir(travada, importador, por=por, em=em)


def _concluir(importacao: Importacao, importador: Importador, *, por: Ator, em: datetime) -> Importacao:
    importacao.situacao, importacao.aplicada_em, importacao.mudada_em = Situacao.APLICADA, em, em
    importacao.correcoes = b""
    if importador.pessoal:
        esvaziar(importacao)
    importacao.save()
    lembrar_colunas(importacao, em=em)
    contas = {"novas": importacao.novas, "mudadas": importacao.mudadas, "iguais": importacao.iguais}
    registrar(ato="importacoes.aplicar", objeto=importacao, por=por, em=em, dados={"tipo": importador.nome, **contas})
    return importacao


def _devolver(importacao: Importacao, previa: Previa) -> Importacao:
    _por_previa(importacao, previa)
    importacao.save()
    return importacao


def _a_decidir(importacao: Importacao, *, por: Ator) -> Importacao:
    travada = travar(importacao)
    if travada.situacao != Situacao.A_ESPERA:
        raise AtoRecusado(
            "Esta planilha é aplicada por outra pessoa, que a aprova: encaminhe-a."
            if travada.situacao == Situacao.PRONTA
            else _por_que_nao(travada)
        )
    if por.pessoa is None or por.pessoa.pk == travada.por_id:
        raise AtoRecusado("Quem trouxe a planilha não a aprova: outra pessoa precisa ver o que vai mudar.")
    return travada


def _por_que_nao(importacao: Importacao) -> str:
    if importacao.situacao == Situacao.COM_FALTAS:
        return f"A planilha ainda tem faltas ({importacao.faltas}). Corrija-as ou deixe as linhas de fora."
    return f"Esta planilha está {importacao.get_situacao_display()}. Abra-a de novo para ver em que pé está."
