"""Registrar a regra do município, pedir, decidir, entregar e cancelar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from suas.atendimento.beneficios.consultas import beneficios as leitura
from suas.atendimento.beneficios.listas import Tipo
from suas.atendimento.beneficios.models import Pedido, Prestacao, Regra
from suas.atendimento.familias.permissoes import QUEM_ATENDE
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import plural
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.atendimento.familias.models import PessoaAtendida, Prontuario

Estado = Pedido.Estado
MAXIMO_DE_PRESTACOES = 24


@dataclass(frozen=True, kw_only=True)
class NovaRegra:
    """O que o município decidiu, com o ato que o diz."""

    tipo: int
    desde: date
    ato: str
    ofertado: bool = True
    criterios: str = ""
    valor_centavos: int | None = None
    prestacoes: int = 1


@dataclass(frozen=True, kw_only=True)
class Novo:
    """O que a família pede. `pessoa` vazia: a família inteira. Repetir a `chave` não pede de novo."""

    tipo: int
    dia: date
    necessidade: str
    pessoa: PessoaAtendida | None = None
    documento: str = ""
    chave: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Decisao:
    """Conceder, em quantas prestações e de que valor; ou não, com a razão."""

    concede: bool
    razao: str = ""
    prestacoes: int = 1
    valor_centavos: int | None = None


@transaction.atomic
def registrar_regra(*, municipio: str, nova: NovaRegra, por: Ator, em: datetime) -> Regra:
    """Acrescenta a regra; a de antes vale até a véspera. Erros: `AtoRecusado` se já há uma do mesmo dia."""
    if not nova.ato.strip():
        raise AtoRecusado("Diga que lei ou resolução do conselho traz esta regra.", campo="ato")
    if nova.ofertado and not nova.criterios.strip():
        raise AtoRecusado("Escreva a quem se concede: é o que a família e a equipe vão ler.", campo="criterios")
    if not 1 <= nova.prestacoes <= MAXIMO_DE_PRESTACOES:
        raise AtoRecusado(f"As prestações vão de 1 a {MAXIMO_DE_PRESTACOES}.", campo="prestacoes")
    if Regra.objects.filter(abrangencia=municipio, tipo=nova.tipo, desde=nova.desde).exists():
        raise AtoRecusado(
            f"Já há uma regra de {Tipo(nova.tipo).label} desde {nova.desde:%d/%m/%Y}. Registre com outro dia.",
            campo="desde",
        )
    regra = Regra.objects.create(
        abrangencia=municipio,
        tipo=nova.tipo,
        desde=nova.desde,
        ofertado=nova.ofertado,
        criterios=nova.criterios.strip(),
        valor_centavos=nova.valor_centavos,
        prestacoes=nova.prestacoes,
        ato=nova.ato.strip(),
        registrada_em=em,
    )
    registrar(ato="beneficios.registrar_regra", objeto=regra, por=por, em=em)
    return regra


@transaction.atomic
def pedir(
    *, prontuario: Prontuario, novo: Novo, por: Ator, em: datetime, hoje: date, sintetico: bool = False
) -> Pedido:
    """Registra o pedido na unidade, com a regra que vale no dia.

    Erros: `AtoRecusado` se o município não oferta o benefício, ou se o dia ou a pessoa não servem.
    """
    if por.pessoa is None:
        raise AtoRecusado(QUEM_ATENDE)
    if novo.chave is not None and (feito := Pedido.objects.filter(pk=novo.chave, prontuario=prontuario).first()):
        return _o_mesmo(feito, novo)
    if novo.dia > hoje:
        raise AtoRecusado(f"O dia {novo.dia:%d/%m/%Y} ainda não chegou. Confira a data.", campo="dia")
    if not novo.necessidade.strip():
        raise AtoRecusado("Escreva do que a família precisa.", campo="necessidade")
    if novo.pessoa is not None and not prontuario.familia.integrantes.filter(pessoa=novo.pessoa).exists():
        raise AtoRecusado("A pessoa não é desta família. Escolha uma da lista.", campo="pessoa")
    regra = leitura.regras_em(prontuario.abrangencia, dia=novo.dia).get(novo.tipo)
    if regra is not None and not regra.ofertado:
        raise AtoRecusado(f"O município não oferta {Tipo(novo.tipo).label} desde {regra.desde:%d/%m/%Y} ({regra.ato}).")
    pedido = Pedido(
        abrangencia=prontuario.abrangencia,
        familia=prontuario.familia,
        pessoa=novo.pessoa,
        prontuario=prontuario,
        unidade=prontuario.unidade,
        tipo=novo.tipo,
        regra=regra,
        dia=novo.dia,
        necessidade=novo.necessidade.strip(),
        documento=novo.documento.strip(),
        profissional=por.pessoa,
        registrado_em=em,
        sintetico=sintetico,
    )
    if novo.chave is not None:
        pedido.pk = novo.chave
    try:
        with transaction.atomic():
            pedido.save(force_insert=True)
    except IntegrityError as erro:
        raise AtoRecusado("Este formulário já foi usado. Abra a página da família e peça de novo.") from erro
    registrar(ato="beneficios.pedir", objeto=pedido, por=por, em=em)
    return pedido


@transaction.atomic
def decidir(*, pedido: Pedido, decisao: Decisao, por: Ator, em: datetime, hoje: date) -> Pedido:
    """Concede, e as prestações ficam previstas de mês em mês a partir de hoje; ou não, com a razão.

    Erros: `AtoRecusado` se já se decidiu, se falta a razão, ou se passa do que a regra do município deixa.
    """
    atual = _em(pedido, Estado.ESPERA)
    if decisao.concede:
        _exigir_o_que_a_regra_deixa(atual, decisao)
    elif not decisao.razao.strip():
        raise AtoRecusado("Diga por que não se concede: a família tem direito de saber.", campo="razao")
    atual.estado = Estado.CONCEDIDO if decisao.concede else Estado.RECUSADO
    atual.decidido_dia, atual.decidido_por, atual.razao = hoje, por.pessoa, decisao.razao.strip()
    atual.valor_centavos = decisao.valor_centavos if decisao.concede else None
    atual.save(update_fields=["estado", "decidido_dia", "decidido_por", "razao", "valor_centavos"])
    if decisao.concede:
        Prestacao.objects.bulk_create(
            Prestacao(
                pedido=atual, abrangencia=atual.abrangencia, numero=numero + 1, prevista=_meses_depois(hoje, numero)
            )
            for numero in range(decisao.prestacoes)
        )
    registrar(ato="beneficios.conceder" if decisao.concede else "beneficios.recusar", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def entregar(*, pedido: Pedido, o_que: str, dia: date, por: Ator, em: datetime, hoje: date) -> Pedido:
    """Entrega a próxima prestação; com a última, o pedido fica entregue."""
    atual = _em(pedido, Estado.CONCEDIDO)
    if atual.decidido_dia is None or not atual.decidido_dia <= dia <= hoje:
        raise AtoRecusado(
            f"O dia da entrega fica entre a decisão, em {atual.decidido_dia:%d/%m/%Y}, e hoje. Confira.", campo="dia"
        )
    proxima, *outras = atual.prestacoes.filter(entregue__isnull=True)
    proxima.entregue, proxima.o_que, proxima.profissional = dia, o_que.strip(), por.pessoa
    proxima.save(update_fields=["entregue", "o_que", "profissional"])
    if not outras:
        atual.estado = Estado.ENTREGUE
        atual.save(update_fields=["estado"])
    registrar(ato="beneficios.entregar", objeto=proxima, por=por, em=em)
    return atual


@transaction.atomic
def cancelar(*, pedido: Pedido, razao: str, por: Ator, em: datetime) -> Pedido:
    """A família desistiu, ou se pediu por engano, antes da decisão: fica na história, e não conta."""
    atual = _em(pedido, Estado.ESPERA)
    if not razao.strip():
        raise AtoRecusado("Diga por que se cancela.", campo="razao")
    atual.estado, atual.razao = Estado.CANCELADO, razao.strip()
    atual.save(update_fields=["estado", "razao"])
    registrar(ato="beneficios.cancelar", objeto=atual, por=por, em=em)
    return atual


def _o_mesmo(feito: Pedido, novo: Novo) -> Pedido:
    if (feito.tipo, feito.dia, feito.necessidade) != (novo.tipo, novo.dia, novo.necessidade.strip()):
        raise AtoRecusado("Esta página já fez um pedido. Abra a página da família e peça de novo.")
    return feito


def _em(pedido: Pedido, estado: str) -> Pedido:
    """O pedido trancado até o fim da transação. `AtoRecusado` se já não está no estado."""
    atual = Pedido.objects.select_for_update(of=("self",)).get(pk=pedido.pk)
    if atual.estado != estado:
        raise AtoRecusado(f"Este pedido já está “{atual.get_estado_display()}”. Abra a página de novo.")
    return atual


def _exigir_o_que_a_regra_deixa(pedido: Pedido, decisao: Decisao) -> None:
    maximo = pedido.regra.prestacoes if pedido.regra is not None else MAXIMO_DE_PRESTACOES
    if not 1 <= decisao.prestacoes <= maximo:
        raise AtoRecusado(
            f"{plural(decisao.prestacoes, 'prestação', 'prestações')} não cabe: vai de 1 a {maximo}"
            f"{', pela regra do município' if pedido.regra is not None else ''}.",
            campo="prestacoes",
        )


def _meses_depois(dia: date, meses: int) -> date:
    """O mesmo dia, meses depois; do fim do mês, o dia 28."""
    total = dia.year * 12 + dia.month - 1 + meses
    return date(total // 12, total % 12 + 1, dia.day if meses == 0 else min(dia.day, 28))
