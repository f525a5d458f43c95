"""Abrir, fechar e reabrir uma unidade. Quem os faz já decidiu: na tela, é a resposta a um pedido."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from suas.cadastros.rede.acoes.unidades import exigir_identificador_livre, marcar_mudanca
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def abrir(*, municipio: str, campos: Mapping[str, Any], por: Ator, em: datetime, motivo: str = "") -> Unidade:
    """Põe a unidade no cadastro, conferida hoje por quem a abre."""
    unidade = Unidade(municipio_id=municipio, conferida_em=em, mudada_em=em, **campos)
    unidade.nome_busca = nome_de_busca(unidade.nome)
    exigir_identificador_livre(unidade)
    unidade.save(force_insert=True)
    registrar(ato="rede.abrir", objeto=unidade, por=por, em=em, motivo=motivo)
    return unidade


@transaction.atomic
def fechar(*, unidade: Unidade, dia: date, motivo: str, por: Ator, em: datetime) -> Unidade:
    """Fecha a unidade no dia, o primeiro em que já não funciona; os serviços que ofertava terminam com ela."""
    travada = Unidade.objects.select_for_update(of=("self",)).get(pk=unidade.pk)
    exigir_dia_de_fechar(travada, dia=dia)
    travada.fechada_em, travada.motivo_do_fechamento = dia, motivo
    marcar_mudanca(travada, em=em)
    abertos = Q(ate__isnull=True) | Q(ate__gt=dia)
    nao_comecaram = travada.servicos.filter(abertos, desde__gt=dia)
    nao_comecaram.update(ate=F("desde"))
    travada.servicos.filter(abertos).exclude(desde__gt=dia).update(ate=dia)
    registrar(ato="rede.fechar", objeto=travada, por=por, em=em, motivo=motivo)
    return travada


@transaction.atomic
def reabrir(*, unidade: Unidade, motivo: str, por: Ator, em: datetime) -> Unidade:
    """Desfaz o fechamento; os serviços voltam a ser informados por quem cuida da unidade."""
    travada = Unidade.objects.select_for_update(of=("self",)).get(pk=unidade.pk)
    exigir_que_reabra(travada)
    travada.fechada_em, travada.motivo_do_fechamento = None, ""
    marcar_mudanca(travada, em=em)
    registrar(ato="rede.reabrir", objeto=travada, por=por, em=em, motivo=motivo)
    return travada


def exigir_dia_de_fechar(unidade: Unidade, *, dia: date) -> None:
    """Recusa fechar quem já fechou, ou antes de ter aberto."""
    if unidade.fechada_em is not None:
        raise AtoRecusado(f"{unidade.nome} já está com fechamento em {unidade.fechada_em:%d/%m/%Y}.")
    if unidade.aberta_em is not None and dia < unidade.aberta_em:
        raise AtoRecusado(
            f"{unidade.nome} funciona desde {unidade.aberta_em:%d/%m/%Y}: o primeiro dia fechada não pode ser antes.",
            campo="dia",
        )


def exigir_que_reabra(unidade: Unidade) -> None:
    """Recusa reabrir quem não fechou, ou foi juntada a outra."""
    if unidade.fundida_em_id is not None:
        raise AtoRecusado(
            "Este cadastro foi juntado a outro. Para usá-lo de novo, é preciso desfazer a junção; se foi um "
            "desmembramento desfeito, peça outro."
        )
    if unidade.fechada_em is None:
        raise AtoRecusado(f"{unidade.nome} não está fechada: não há o que reabrir.")
