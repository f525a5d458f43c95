"""Pedir ajuda, responder, mandar ao nível de cima e encerrar."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from suas.nucleo import tranca
from suas.nucleo.ajuda import consultas, modelos
from suas.nucleo.ajuda.models import Estado, Pedido, Resposta
from suas.nucleo.avisos.acoes import avisar
from suas.nucleo.avisos.consultas import destinatario
from suas.nucleo.avisos.modelos import Modelo
from suas.nucleo.identificador import uuid7
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

BRASILIA = ZoneInfo("America/Sao_Paulo")
#: Sem letras e algarismos que se confundem: o número se lê por telefone.
_LETRAS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, kw_only=True)
class Pagina:
    """O estado da página em que a pessoa estava; só o que ela viu que ia junto."""

    endereco: str = ""
    titulo: str = ""
    mensagens: str = ""
    navegador: str = ""
    tela: str = ""
    falha: str = ""


@tranca.como_sistema()  # quem atende pode estar no nível de cima, que quem pede não alcança
@transaction.atomic
def pedir(*, texto: str, pagina: Pagina, email: str, por: Ator, em: datetime) -> Pedido:
    """Registra o pedido, que vai a quem atende no território de quem pede; sem ninguém ali, ao nível de cima.

    `email` só vale para quem não entrou, e é opcional: sem ele, não há como responder.
    """
    pessoa_id = por.pessoa.pk if por.pessoa else None
    com, pessoas = consultas.quem_atende(
        abrangencia=por.abrangencia, fora=pessoa_id, dia=em.astimezone(BRASILIA).date()
    )
    email = "" if pessoa_id else email.strip().lower()
    pedido_id = uuid7()
    titular = destinatario(pessoa_id=pessoa_id, email=email) if pessoa_id or email else pedido_id
    pedido = Pedido.objects.create(
        id=pedido_id,
        numero="AJ-" + "".join(secrets.choice(_LETRAS) for _ in range(8)),
        titular=titular,
        pessoa_id=pessoa_id,
        email=email,
        texto=texto.strip(),
        vinculo=quem(por)[:300],
        papel=por.papel.codigo,
        abrangencia=por.abrangencia,
        com=com,
        endereco=pagina.endereco,
        titulo_da_pagina=pagina.titulo,
        mensagens_da_pagina=pagina.mensagens,
        navegador=pagina.navegador,
        tela=pagina.tela,
        falha=pagina.falha,
        pedido_em=em,
        mudou_em=em,
    )
    _avisar_quem_atende(pedido, pessoas=pessoas, por=por, em=em)
    registrar(ato="ajuda.pedir", objeto=pedido, por=por, em=em, dados={"numero": pedido.numero})
    return pedido


@transaction.atomic
def responder(*, pedido: Pedido, texto: str, encerrar: bool, por: Ator, em: datetime) -> Resposta:
    """Quem atende responde; quem pediu fica sabendo, no sistema ou pelo e-mail que deixou."""
    atual = _travado(pedido)
    resposta = _falar(atual, texto=texto, de_quem_pediu=False, por=por, em=em)
    _passar(atual, estado=Estado.ENCERRADO if encerrar else Estado.RESPONDIDO, em=em)
    dados = {"numero": atual.numero, "quem": quem(por), "texto": texto.strip()}
    _avisar_quem_pediu(atual, modelo=modelos.RESPOSTA, causa=f"resposta:{resposta.pk}", dados=dados, por=por, em=em)
    registrar(ato="ajuda.responder", objeto=atual, por=por, em=em, dados={"numero": atual.numero})
    return resposta


@tranca.como_sistema()  # quem atende pode estar no nível de cima, que quem pede não alcança
@transaction.atomic
def escrever_de_novo(*, pedido: Pedido, texto: str, por: Ator, em: datetime) -> Resposta:
    """Quem pediu acrescenta; o pedido volta a abrir, e quem atende fica sabendo."""
    atual = _travado(pedido)
    if por.pessoa is None or atual.pessoa_id != por.pessoa.pk:
        raise AtoRecusado("Só quem fez o pedido escreve nele outra vez.")
    resposta = _falar(atual, texto=texto, de_quem_pediu=True, por=por, em=em)
    _passar(atual, estado=Estado.ABERTO, em=em)
    _, pessoas = consultas.quem_atende(
        abrangencia=atual.com, fora=por.pessoa.pk, dia=em.astimezone(BRASILIA).date()
    )  # fmt: skip
    for pessoa_id in pessoas:
        avisar(
            modelo=modelos.FALA.codigo,
            causa=modelos.causa_da_fala(resposta.pk),
            pessoa_id=pessoa_id,
            dados={"numero": atual.numero},
            endereco=reverse("ajuda-pedido", args=[atual.pk]),
            por=por,
            em=em,
        )
    registrar(ato="ajuda.escrever_de_novo", objeto=atual, por=por, em=em, dados={"numero": atual.numero})
    return resposta


@tranca.como_sistema()  # quem atende pode estar no nível de cima, que quem pede não alcança
@transaction.atomic
def encaminhar(*, pedido: Pedido, motivo: str, por: Ator, em: datetime) -> Pedido:
    """Manda o pedido ao nível de cima em que há quem atenda; o motivo fica na conversa."""
    atual = _travado(pedido)
    destino = consultas.acima(atual.com)
    if destino is None:
        raise AtoRecusado("Este pedido já está com quem opera a instalação: não há nível acima.")
    com, pessoas = consultas.quem_atende(abrangencia=destino, fora=atual.pessoa_id, dia=em.astimezone(BRASILIA).date())
    _falar(atual, texto=f"Encaminhado ao nível de cima: {motivo.strip()}", de_quem_pediu=False, por=por, em=em)
    atual.com = com
    atual.save(update_fields=["com"])
    _passar(atual, estado=Estado.ABERTO, em=em)
    _avisar_quem_atende(atual, pessoas=pessoas, por=por, em=em)
    registrar(ato="ajuda.encaminhar", objeto=atual, por=por, em=em, dados={"numero": atual.numero, "com": com})
    return atual


@transaction.atomic
def encerrar(*, pedido: Pedido, por: Ator, em: datetime) -> Pedido:
    """Encerra sem resposta nova. Quem pediu também pode: já resolveu."""
    atual = _travado(pedido)
    if atual.estado == Estado.ENCERRADO:
        raise AtoRecusado("Este pedido já está encerrado.")
    _passar(atual, estado=Estado.ENCERRADO, em=em)
    if por.pessoa is None or por.pessoa.pk != atual.pessoa_id:
        causa = f"encerrado:{atual.pk}:{em.isoformat()}"
        dados = {"numero": atual.numero}
        _avisar_quem_pediu(atual, modelo=modelos.ENCERRADO, causa=causa, dados=dados, por=por, em=em)
    registrar(ato="ajuda.encerrar", objeto=atual, por=por, em=em, dados={"numero": atual.numero})
    return atual


def quem(ator: Ator) -> str:
    """Como se diz, em palavras, em que vínculo se age."""
    return str(ator.vinculo) if ator.vinculo else ator.papel.nome


def _travado(pedido: Pedido) -> Pedido:
    return Pedido.objects.select_for_update(of=("self",)).get(pk=pedido.pk)


def _falar(pedido: Pedido, *, texto: str, de_quem_pediu: bool, por: Ator, em: datetime) -> Resposta:
    assert por.pessoa is not None
    return Resposta.objects.create(
        pedido=pedido,
        titular=por.pessoa.pk,
        pessoa_id=por.pessoa.pk,
        como=quem(por)[:300],
        de_quem_pediu=de_quem_pediu,
        texto=texto.strip(),
        em=em,
    )


def _passar(pedido: Pedido, *, estado: Estado, em: datetime) -> None:
    pedido.estado, pedido.mudou_em = estado, em
    pedido.encerrado_em = em if estado == Estado.ENCERRADO else None
    pedido.save(update_fields=["estado", "mudou_em", "encerrado_em"])


def _avisar_quem_atende(pedido: Pedido, *, pessoas: Iterable[UUID], por: Ator, em: datetime) -> None:
    for pessoa_id in pessoas:
        avisar(
            modelo=modelos.PEDIDO.codigo,
            causa=modelos.causa_do_pedido(pedido.pk, com=pedido.com),
            pessoa_id=pessoa_id,
            dados={
                "numero": pedido.numero,
                "quem": pedido.vinculo,
                "dia": f"{pedido.pedido_em.astimezone(BRASILIA):%d/%m/%Y}",
            },
            endereco=reverse("ajuda-pedido", args=[pedido.pk]),
            por=por,
            em=em,
        )


def _avisar_quem_pediu(
    pedido: Pedido, *, modelo: Modelo, causa: str, dados: dict[str, str], por: Ator, em: datetime
) -> None:  # fmt: skip
    if pedido.pessoa_id is None and not pedido.email:
        return
    avisar(
        modelo=modelo.codigo,
        causa=causa,
        pessoa_id=pedido.pessoa_id,
        email=pedido.email,
        dados=dados,
        endereco=reverse("ajuda-pedido", args=[pedido.pk]) if pedido.pessoa_id else "",
        por=por,
        em=em,
    )
