"""O que se registra sobre prazos: períodos abertos por aviso, prorrogações, panes e feriados locais, com a norma."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from django.db import transaction

from normas.base.fundamento import Fundamento
from normas.prazos.calendario import calendario
from normas.prazos.periodos import Periodo
from suas.nucleo.obrigacoes.models import Feriado, JanelaRegistrada, Pane, Prorrogacao, Registrado
from suas.nucleo.obrigacoes.prazos import Calendario, NoTerritorio
from suas.nucleo.permissoes.abrangencia import BRASIL, esfera_de
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

MOTIVO_MINIMO = 10
UmRegistro = TypeVar("UmRegistro", bound=Registrado)


@transaction.atomic
def abrir_janela(
    *,
    sistema: str,
    periodo: str,
    etapa: str,
    abre: date | None,
    fecha: date,
    onde: str,
    fundamento: Fundamento,
    por: Ator,
    em: datetime,
) -> JanelaRegistrada:
    """Registra o período que um aviso abriu. Erros: `AtoRecusado` se já se conhece a data, ou se elas não combinam."""
    _so_uniao_e_estado(onde, "Período aberto por aviso")
    lido = _periodo(sistema, periodo)
    if abre is not None and fecha < abre:
        raise AtoRecusado(f"Fecha em {fecha:%d/%m/%Y} e abre em {abre:%d/%m/%Y}: o fim vem depois.", campo="fecha")
    if conhecida := _janela(Calendario(), sistema, lido, etapa, onde):
        raise AtoRecusado(
            f"Este período já tem prazo até {conhecida.janela.fecha:%d/%m/%Y} ({conhecida.janela.fundamento}). "
            "Se a data mudou, registre a prorrogação.",
            campo="periodo",
        )
    nova = JanelaRegistrada(sistema=sistema, periodo=str(lido), etapa=etapa, abre=abre, fecha=fecha)
    return _gravar(nova, ato="obrigacoes.abrir_janela", onde=onde, fundamento=fundamento, por=por, em=em)


@transaction.atomic
def prorrogar(
    *,
    sistema: str,
    periodo: str,
    etapa: str,
    fecha: date,
    onde: str,
    fundamento: Fundamento,
    por: Ator,
    em: datetime,
) -> Prorrogacao:
    """Registra a nova data de um período. Erros: `AtoRecusado` se não há prazo, ou se a data não vem depois."""
    _so_uniao_e_estado(onde, "Prorrogação")
    lido = _periodo(sistema, periodo)
    agora = Calendario()
    achada = _janela(agora, sistema, lido, etapa, onde)
    if achada is None:
        raise AtoRecusado(
            f"Não se conhece o prazo do {sistema} de {lido}, etapa “{etapa}”. Registre antes o aviso que o abriu.",
            campo="periodo",
        )
    atual = agora.prazo(achada.janela, em=onde).janela.fecha
    if fecha <= atual:
        raise AtoRecusado(
            f"O prazo já vai até {atual:%d/%m/%Y}: a prorrogação precisa de um dia depois desse.", campo="fecha"
        )
    nova = Prorrogacao(sistema=sistema, periodo=str(lido), etapa=etapa, fecha=fecha)
    return _gravar(nova, ato="obrigacoes.prorrogar", onde=onde, fundamento=fundamento, por=por, em=em)


@transaction.atomic
def registrar_pane(
    *, sistema: str, desde: datetime, ate: datetime, onde: str, fundamento: Fundamento, por: Ator, em: datetime
) -> Pane:
    """Registra de quando a quando um sistema não funcionou no território. Erros: `AtoRecusado`."""
    if ate <= desde:
        raise AtoRecusado("A pane termina antes de começar: confira os dois instantes.", campo="ate")
    if ate > em:
        raise AtoRecusado("A pane ainda não acabou: registre-a quando o sistema voltar.", campo="ate")
    nova = Pane(sistema=sistema, desde=desde, ate=ate)
    return _gravar(nova, ato="obrigacoes.registrar_pane", onde=onde, fundamento=fundamento, por=por, em=em)


@transaction.atomic
def registrar_feriado(
    *, dia: date, nome: str, onde: str, fundamento: Fundamento, por: Ator, em: datetime
) -> Feriado:  # fmt: skip
    """Registra um feriado do município ou do estado. Erros: `AtoRecusado` se é do país, ou se o dia já tem um."""
    if onde == BRASIL:
        raise AtoRecusado(
            "Os feriados nacionais vêm da lei e já estão no calendário: registra-se o do estado ou do município."
        )
    if ja := Feriado.objects.filter(abrangencia=onde, dia=dia, anulado_em__isnull=True).first():
        raise AtoRecusado(f"{dia:%d/%m/%Y} já está registrado aqui: {ja.nome}.", campo="dia")
    nova = Feriado(dia=dia, nome=nome.strip())
    return _gravar(nova, ato="obrigacoes.registrar_feriado", onde=onde, fundamento=fundamento, por=por, em=em)


@transaction.atomic
def anular(*, registro: Registrado, motivo: str, por: Ator, em: datetime) -> Registrado:
    """O registro deixa de valer, e fica na história com o motivo. Erros: `AtoRecusado`."""
    if len(motivo.strip()) < MOTIVO_MINIMO:
        raise AtoRecusado("Diga por que se anula: o motivo fica na história do prazo.", campo="motivo")
    atual = type(registro)._default_manager.select_for_update(of=("self",)).get(pk=registro.pk)
    if atual.anulado_em is not None:
        raise AtoRecusado("Este registro já foi anulado.")
    atual.anulado_em, atual.motivo = em, motivo.strip()
    atual.save(update_fields=["anulado_em", "motivo"])
    registrar(ato="obrigacoes.anular", objeto=atual, por=por, em=em, motivo=motivo.strip())
    return atual


def _gravar(
    novo: UmRegistro, *, ato: str, onde: str, fundamento: Fundamento, por: Ator, em: datetime
) -> UmRegistro:  # fmt: skip
    novo.abrangencia, novo.norma, novo.dispositivo = onde, fundamento.norma, fundamento.dispositivo
    novo.registrado_em, novo.registrado_por_id = em, por.pessoa.pk if por.pessoa else None
    novo.save()
    registrar(ato=ato, objeto=novo, por=por, em=em)
    return novo


def _so_uniao_e_estado(onde: str, o_que: str) -> None:
    if esfera_de(onde) == "municipio":
        raise AtoRecusado(f"{o_que} se registra na União ou no estado: o município registra panes e feriados seus.")


def _periodo(sistema: str, texto: str) -> Periodo:
    try:
        lido = Periodo.de_texto(texto.strip())
        calendario(sistema).janelas_de(lido)
    except ValueError as erro:
        raise AtoRecusado(str(erro), campo="periodo") from erro
    return lido


def _janela(agora: Calendario, sistema: str, periodo: Periodo, etapa: str, onde: str) -> NoTerritorio | None:
    """A janela que já vale no lugar: a do país ou a que o próprio estado registrou."""
    achadas = agora.janelas(sistema, periodo, onde=onde)
    return next((a for a in achadas if a.janela.etapa == etapa and a.territorio in {BRASIL, onde}), None)
