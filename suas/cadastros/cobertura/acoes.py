"""Definir o território de um CRAS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar


@dataclass(frozen=True, kw_only=True)
class Abrange:
    """O que se informa do território; `contorno` são os pontos (latitude, longitude) da área."""

    bairros: tuple[str, ...] = ()
    contorno: tuple[tuple[float, float], ...] = ()
    familias: int | None = None
    familias_dia: date | None = None


@transaction.atomic
def definir_territorio(*, unidade: Unidade, abrange: Abrange, versao: int, por: Ator, em: datetime) -> TerritorioDoCras:
    """Grava o território do CRAS, se ninguém gravou depois da `versao` lida (0: ainda não havia).

    Erros: `AtoRecusado` se a unidade não é CRAS; `MudouNoMeioTempo` se outra pessoa gravou.
    """
    travada = Unidade.objects.select_for_update(of=("self",)).get(pk=unidade.pk)
    if travada.tipo != Unidade.Tipo.CRAS:
        raise AtoRecusado(f"{travada.nome} não é CRAS: só o CRAS tem território e famílias referenciadas.")
    atual = TerritorioDoCras.objects.filter(unidade=travada).first()
    if (atual.versao if atual else 0) != versao:
        raise MudouNoMeioTempo(
            "Outra pessoa gravou este território enquanto você preenchia. O seu texto está abaixo: confira e reenvie."
        )
    territorio = atual or TerritorioDoCras(unidade=travada, versao=0)
    territorio.bairros = list(abrange.bairros)
    territorio.contorno = [list(ponto) for ponto in abrange.contorno]
    territorio.familias, territorio.familias_dia = abrange.familias, abrange.familias_dia
    territorio.versao, territorio.mudou_em = versao + 1, em
    territorio.save()
    registrar(ato="cobertura.definir_territorio", objeto=territorio, por=por, em=em)
    return territorio
