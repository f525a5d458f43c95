"""As listas da unidade, o roteiro por bairro e rua, e quem entra numa lista sem se digitar de novo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from suas.atendimento.beneficios.consultas import bpc
from suas.atendimento.cadunico import consultas as cadunico
from suas.atendimento.familias.consultas import familia as das_familias
from suas.atendimento.territorial.listas import Motivo
from suas.atendimento.territorial.models import Lista, Procura, Procurada
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Domicilio, Familia

#: Depois de quantos dias sem atendimento a família “deixou de vir”.
DIAS_SEM_ATENDIMENTO = 90


@dataclass(frozen=True, kw_only=True)
class Parada:
    """Uma linha do roteiro: a família, como se chama a pessoa de referência, e onde mora."""

    procurada: Procurada
    nome: str
    domicilio: Domicilio | None

    @property
    def onde(self) -> tuple[str, str, str]:
        """A ordem do caminho: bairro, rua e número; sem endereço, no fim."""
        if self.domicilio is None:
            return ("~", "", "")
        d = self.domicilio
        return nome_de_busca(d.bairro) or "~", nome_de_busca(d.logradouro), d.numero.rjust(8)


def da_unidade(unidade: UUID) -> QuerySet[Lista]:
    """As listas, as abertas primeiro, com quantas famílias têm e quantas ainda se procuram."""
    feitas = Lista.objects.filter(unidade=unidade).annotate(
        quantas=Count("procuradas"), faltam=Count("procuradas", filter=Q(procuradas__resultado__in=("", "ausente")))
    )
    return feitas.order_by("encerrada_em", "-aberta_em", "-id")


def roteiro(lista: Lista) -> list[Parada]:
    """As famílias pelo caminho: bairro, rua e número. As que já se resolveram vêm também."""
    procuradas = list(lista.procuradas.select_related("familia"))
    familias = [procurada.familia_id for procurada in procuradas]
    nomes = das_familias.referencias(familias)
    domicilios = das_familias.domicilios_de(familias)
    paradas = [
        Parada(
            procurada=procurada,
            nome=nomes.get(procurada.familia_id, "Família sem pessoa de referência"),
            domicilio=domicilios.get(procurada.familia_id),
        )
        for procurada in procuradas
    ]
    return sorted(paradas, key=lambda parada: parada.onde)


def resultados(lista: Lista) -> dict[str, int]:
    """Quantas famílias em cada resultado; as que ninguém procurou, sob o texto vazio."""
    contas = lista.procuradas.values("resultado").annotate(quantas=Count("pk")).order_by("resultado")
    return {conta["resultado"]: conta["quantas"] for conta in contas}


def procuras(procurada: Procurada) -> list[Procura]:
    return list(procurada.procuras.select_related("profissional"))


def sugeridas(unidade: Unidade, *, motivo: str, hoje: date) -> list[UUID]:
    """As famílias que o próprio registro aponta para o motivo; vazio, onde é preciso escolher uma a uma."""
    if motivo == Motivo.BPC:
        return list(dict.fromkeys(bpc.da_unidade(unidade.pk).values_list("familia_id", flat=True)))
    if motivo == Motivo.CADUNICO:
        desatualizados = cadunico.desatualizados(unidade.municipio_id, hoje=hoje).filter(_da(unidade, "familia"))
        return list(dict.fromkeys(desatualizados.values_list("familia_id", flat=True)))
    if motivo == Motivo.CONDICIONALIDADES:
        com_efeito = cadunico.com_efeito(unidade.municipio_id).filter(_da(unidade, "cadastro__familia"))
        return list(dict.fromkeys(com_efeito.values_list("cadastro__familia_id", flat=True)))
    if motivo == Motivo.SEM_ATENDIMENTO:
        return das_familias.sem_atendimento(unidade, dias=DIAS_SEM_ATENDIMENTO, hoje=hoje)
    return []


def _da(unidade: Unidade, familia: str) -> Q:
    """As famílias que a unidade referencia, ou de que tem prontuário."""
    return Q(**{f"{familia}__cras": unidade}) | Q(**{f"{familia}__prontuarios__unidade": unidade})


def da_familia(familia: Familia, *, unidades: Iterable[UUID]) -> list[Procura]:
    """As idas a esta família, nas unidades lidas."""
    feitas = Procura.objects.filter(procurada__familia=familia, procurada__lista__unidade__in=list(unidades))
    return list(feitas.select_related("procurada__lista__unidade", "profissional"))
