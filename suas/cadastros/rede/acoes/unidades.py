"""Cuidar do cadastro de uma unidade: mudar o que ele diz e dizer que está certo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def atualizar(
    *, unidade: Unidade, campos: Mapping[str, Any], versao: int, por: Ator, em: datetime, motivo: str = ""
) -> Unidade:
    """Grava os campos na unidade, se ela ainda está na `versao` que se leu; quem muda também confere.

    Gravar o que já está lá só conta como conferência. Quem chama já conferiu a permissão e que campos cabem a quem age.
    Erros: `MudouNoMeioTempo` se outra pessoa gravou depois da leitura; `AtoRecusado` se o identificador é de outra.
    """
    travada = travar(unidade, versao=versao)
    mudados = {nome: valor for nome, valor in campos.items() if getattr(travada, nome) != valor}
    if not mudados:
        return conferir(unidade=travada, por=por, em=em)
    for nome, valor in mudados.items():
        setattr(travada, nome, valor)
    if "nome" in mudados:
        travada.nome_busca = nome_de_busca(travada.nome)
    travada.conferida_em = em
    exigir_identificador_livre(travada)
    marcar_mudanca(travada, em=em)
    registrar(ato="rede.atualizar", objeto=travada, por=por, em=em, motivo=motivo)
    return travada


@transaction.atomic
def conferir(*, unidade: Unidade, por: Ator, em: datetime) -> Unidade:
    """Diz que o cadastro da unidade está certo neste dia; não muda o que ele diz."""
    travada = _travada(unidade)
    travada.conferida_em = travada.mudada_em = em
    travada.save(update_fields=["conferida_em", "mudada_em"])
    registrar(ato="rede.conferir", objeto=travada, por=por, em=em)
    return travada


def travar(unidade: Unidade, *, versao: int) -> Unidade:
    """A unidade, com a linha do banco travada, se ainda está na versão lida."""
    travada = _travada(unidade)
    if travada.versao != versao:
        raise MudouNoMeioTempo(f"Outra pessoa gravou {travada.nome} depois que você abriu esta página.")
    return travada


def _travada(unidade: Unidade) -> Unidade:
    """A unidade travada; do cadastro juntado a outro ninguém cuida, e a recusa diz de qual se cuida."""
    travada = Unidade.objects.select_for_update(of=("self",)).select_related("fundida_em").get(pk=unidade.pk)
    if travada.fundida_em is not None:
        raise AtoRecusado(
            f"{travada.nome} foi juntada a {travada.fundida_em.nome}. Copie o que escreveu, se escreveu, e cuide do "
            f"cadastro de {travada.fundida_em.nome}."
        )
    return travada


def marcar_mudanca(unidade: Unidade, *, em: datetime) -> None:
    """Grava a unidade com a versão seguinte, para quem acompanha o cadastro e para quem o tem aberto."""
    unidade.versao += 1
    unidade.mudada_em = em
    unidade.save()


def exigir_identificador_livre(unidade: Unidade) -> None:
    """Recusa o identificador que já é de outra unidade, e diz de qual."""
    if not unidade.identificador:
        unidade.identificador = None
        return
    outra = Unidade.objects.filter(identificador=unidade.identificador).exclude(pk=unidade.pk).first()
    if outra is not None:
        raise AtoRecusado(
            f"O identificador {unidade.identificador} já é de {outra.nome}, em {outra.municipio}. Confira os 11 "
            "algarismos.",
            campo="identificador",
        )
