"""Abrir a lista, pôr famílias nela, dizer no que deu cada procura e encerrar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from suas.atendimento.familias.acoes.atendimentos import Novo as NovoAtendimento
from suas.atendimento.familias.acoes.atendimentos import anotar
from suas.atendimento.familias.acoes.familias import Chegada, abrir_prontuario
from suas.atendimento.familias.consultas.familia import prontuario_na
from suas.atendimento.familias.listas import Ingresso, TipoDeAtendimento
from suas.atendimento.familias.permissoes import QUEM_ATENDE
from suas.atendimento.territorial import consultas
from suas.atendimento.territorial.listas import Motivo, Resultado
from suas.atendimento.territorial.models import Lista, Procura, Procurada
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Familia


@dataclass(frozen=True, kw_only=True)
class Achado:
    """O que houve numa procura. `visita`: foi-se à casa, e conta como visita no prontuário, se a família foi achada."""

    resultado: str
    dia: date
    texto: str = ""
    visita: bool = True
    chave: UUID | None = None


@transaction.atomic
def abrir(*, unidade: Unidade, nome: str, motivo: str, por: Ator, em: datetime, hoje: date) -> Lista:
    """Abre a lista; no BPC e em quem deixou de vir, já com as famílias que o registro aponta."""
    if motivo not in Motivo.values:
        raise AtoRecusado("Escolha por que se procura.", campo="motivo")
    lista = Lista.objects.create(
        abrangencia=unidade.municipio_id, unidade=unidade, nome=nome.strip(), motivo=motivo, aberta_em=em
    )
    _por(lista, consultas.sugeridas(unidade, motivo=motivo, hoje=hoje))
    registrar(ato="territorial.abrir_lista", objeto=lista, por=por, em=em)
    return lista


@transaction.atomic
def incluir(*, lista: Lista, familia: Familia, observacao: str, por: Ator, em: datetime) -> Procurada:
    """Mais uma família na lista; incluir de novo a mesma devolve a linha que há."""
    atual = _trancar(lista)
    if ja := atual.procuradas.filter(familia=familia).first():
        return ja
    procurada = Procurada.objects.create(
        lista=atual, abrangencia=atual.abrangencia, familia=familia, observacao=observacao.strip()
    )
    registrar(ato="territorial.incluir_na_lista", objeto=procurada, por=por, em=em)
    return procurada


@transaction.atomic
def procurar(*, procurada: Procurada, achado: Achado, por: Ator, em: datetime, hoje: date) -> Procura:
    """Diz no que deu a ida. Encontrada, abre-se o prontuário, se falta, com a busca ativa como forma de acesso.

    Erros: `AtoRecusado` se a lista se encerrou, ou se o dia não serve.
    """
    if por.pessoa is None:
        raise AtoRecusado(QUEM_ATENDE)
    if achado.chave is not None and (feita := Procura.objects.filter(pk=achado.chave, procurada=procurada).first()):
        return feita
    lista = _trancar(procurada.lista)
    if achado.dia > hoje:
        raise AtoRecusado(f"O dia {achado.dia:%d/%m/%Y} ainda não chegou. Confira a data.", campo="dia")
    atual = Procurada.objects.select_for_update(of=("self",)).select_related("familia").get(pk=procurada.pk)
    procura = Procura(
        procurada=atual,
        abrangencia=atual.abrangencia,
        dia=achado.dia,
        resultado=achado.resultado,
        texto=achado.texto.strip(),
        profissional=por.pessoa,
        registrada_em=em,
    )
    if achado.chave is not None:
        procura.pk = achado.chave
    procura.save(force_insert=True)
    atual.resultado = achado.resultado
    atual.save(update_fields=["resultado"])
    registrar(ato="territorial.procurar", objeto=procura, por=por, em=em)
    if achado.resultado == Resultado.ENCONTRADA:
        _receber(lista, atual.familia, achado, por=por, em=em, hoje=hoje)
    return procura


@transaction.atomic
def encerrar(*, lista: Lista, por: Ator, em: datetime) -> Lista:
    """A busca acabou: a lista fica, com o que se achou."""
    atual = _trancar(lista)
    atual.encerrada_em = em
    atual.save(update_fields=["encerrada_em"])
    registrar(ato="territorial.encerrar_lista", objeto=atual, por=por, em=em)
    return atual


def _receber(lista: Lista, familia: Familia, achado: Achado, *, por: Ator, em: datetime, hoje: date) -> None:
    """O prontuário, se falta, e a visita no bloco 16, que conta no mês sem digitar de novo."""
    prontuario = prontuario_na(familia, unidade=lista.unidade_id)
    if prontuario is None:
        chegada = Chegada(ingresso=Ingresso.BUSCA_ATIVA, dia=achado.dia)
        prontuario = abrir_prontuario(
            familia=familia, unidade=lista.unidade, chegada=chegada, por=por, em=em, hoje=hoje
        )
    if achado.visita and achado.dia >= prontuario.aberto_dia:
        visita = NovoAtendimento(
            tipo=TipoDeAtendimento.VISITA_DOMICILIAR, dia=achado.dia, descricao=f"Busca ativa: {lista.nome}."
        )
        anotar(prontuario=prontuario, novo=visita, por=por, em=em, hoje=hoje)


def _por(lista: Lista, familias: Iterable[UUID]) -> None:
    Procurada.objects.bulk_create(
        Procurada(lista=lista, abrangencia=lista.abrangencia, familia_id=familia) for familia in familias
    )


def _trancar(lista: Lista) -> Lista:
    """A lista até o fim da transação. `AtoRecusado` se já se encerrou."""
    atual = Lista.objects.select_for_update(of=("self",)).select_related("unidade").get(pk=lista.pk)
    if atual.encerrada_em is not None:
        raise AtoRecusado(f"Esta lista se encerrou em {atual.encerrada_em:%d/%m/%Y}. Abra outra para continuar.")
    return atual
