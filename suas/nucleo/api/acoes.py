"""Atos sobre chaves, e o registro de cada pedido."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from suas.nucleo.api import consultas
from suas.nucleo.api.models import ChaveDeApi, RegistroDaApi
from suas.nucleo.entrada.consultas import falta_segundo_fator
from suas.nucleo.entrada.recados import contar_mudanca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Vinculo

POR_PESSOA = 20
VALIDADES = (30, 90, 180, 365)


@dataclass(frozen=True, kw_only=True)
class ChaveCriada:
    """A chave e o texto inteiro dela, que só existe agora: do segredo guarda-se o resumo."""

    chave: ChaveDeApi
    texto: str


@transaction.atomic
def criar_chave(*, nome: str, dias: int, pode_escrever: bool, por: Ator, em: datetime) -> ChaveCriada:
    """Cria uma chave para o vínculo de quem age. Recusa: sem vínculo, validade fora da lista, chaves demais."""
    if por.vinculo is None or por.pessoa is None:
        raise AtoRecusado("A chave age por um vínculo: escolha o vínculo antes de criá-la.")
    if falta_segundo_fator(por):
        raise AtoRecusado("Nesta instalação, este vínculo só age com o segundo fator: ative-o em Minha conta antes.")
    if dias not in VALIDADES:
        raise AtoRecusado("A validade é de 30, 90, 180 ou 365 dias.")
    valendo = ChaveDeApi.objects.filter(vinculo__pessoa=por.pessoa, revogada_em__isnull=True, vence_em__gt=em).count()
    if valendo >= POR_PESSOA:
        raise AtoRecusado(f"Você já tem {valendo} chaves valendo. Revogue as que não usa antes de criar outra.")
    prefixo, segredo = secrets.token_hex(4), secrets.token_urlsafe(32)
    chave = ChaveDeApi.objects.create(
        vinculo=por.vinculo,
        nome=nome.strip(),
        prefixo=prefixo,
        resumo=consultas.resumo_do_segredo(segredo),
        pode_escrever=pode_escrever,
        criada_em=em,
        vence_em=em + timedelta(days=dias),
    )
    dados = {"prefixo": prefixo, "pode_escrever": pode_escrever, "dias": dias}
    # quem usa a entrada de outra pessoa poderia deixar uma chave para depois: a dona fica sabendo
    contar_mudanca(pessoa=por.pessoa, mudanca=f"uma chave de programa foi criada ({prefixo})", por=por, em=em)
    registrar(ato="api.criar_chave", objeto=chave, por=por, em=em, dados=dados)
    return ChaveCriada(chave=chave, texto=f"{consultas.MARCA}_{prefixo}_{segredo}")


@transaction.atomic
def revogar_chave(*, chave: ChaveDeApi, por: Ator, em: datetime) -> ChaveDeApi:
    """Revoga: a partir daqui nenhum pedido com ela vale. Revogar duas vezes não muda nada."""
    atual = ChaveDeApi.objects.select_for_update(of=("self",)).get(pk=chave.pk)
    if atual.revogada_em is None:
        atual.revogada_em = em
        atual.save(update_fields=["revogada_em"])
        registrar(ato="api.revogar_chave", objeto=atual, por=por, em=em, dados={"prefixo": atual.prefixo})
    return atual


@transaction.atomic
def revogar_do_vinculo(*, vinculo: Vinculo, por: Ator, em: datetime) -> None:
    """Revoga as chaves que agem por um vínculo que terminou."""
    for chave in ChaveDeApi.objects.filter(vinculo=vinculo, revogada_em__isnull=True, vence_em__gt=em):
        revogar_chave(chave=chave, por=por, em=em)


@dataclass(frozen=True, kw_only=True)
class Pedido:
    """O que se guarda de um pedido atendido ou recusado."""

    chave: ChaveDeApi | None
    abrangencia: str
    origem: str
    metodo: str
    endereco: str
    situacao: int
    ms: int
    tamanho: int
    protocolo: str


def registrar_pedido(*, pedido: Pedido, em: datetime) -> None:
    """Acrescenta o pedido ao registro; o excesso repetido no mesmo minuto conta uma vez só."""
    if pedido.situacao == consultas.PEDIDOS_DEMAIS and consultas.recusa_ja_registrada(
        chave=pedido.chave, origem=pedido.origem, em=em
    ):
        return
    RegistroDaApi.objects.create(
        em=em,
        chave=pedido.chave,
        abrangencia=pedido.abrangencia,
        origem="" if pedido.chave else pedido.origem,
        metodo=pedido.metodo[:10],
        endereco=pedido.endereco[:200],
        situacao=pedido.situacao,
        ms=pedido.ms,
        bytes=pedido.tamanho,
        protocolo=pedido.protocolo,
    )
