"""Os pedidos de uma unidade e de uma família, as regras do município, e o que conta no mês."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from suas.atendimento.beneficios.listas import Tipo
from suas.atendimento.beneficios.models import Pedido, Prestacao, Regra
from suas.cadastros.rede.models import Unidade

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Familia

Estado = Pedido.Estado
_COM_TUDO = ("familia", "pessoa", "unidade", "profissional", "decidido_por", "regra")


def regras_em(municipio: str, *, dia: date) -> dict[int, Regra]:
    """A regra de cada benefício que valia no dia; o que o município não registrou não está."""
    vigentes: dict[int, Regra] = {}
    for regra in Regra.objects.filter(abrangencia=municipio, desde__lte=dia).order_by("desde", "id"):
        vigentes[regra.tipo] = regra
    return vigentes


def regras_de_sempre(municipio: str) -> list[Regra]:
    """Todas, as de antes também, por benefício e da mais nova à mais antiga."""
    return list(Regra.objects.filter(abrangencia=municipio))


def da_unidade(unidade: UUID, *, estado: str = "") -> QuerySet[Pedido]:
    """Os pedidos da unidade; à espera e a entregar, os mais antigos primeiro."""
    pedidos = Pedido.objects.filter(unidade=unidade).select_related(*_COM_TUDO)
    if not estado:
        return pedidos
    em_aberto = estado in {Estado.ESPERA, Estado.CONCEDIDO}
    return pedidos.filter(estado=estado).order_by("dia" if em_aberto else "-dia", "id")


def da_familia(familia: Familia, *, unidades: Iterable[UUID]) -> list[Pedido]:
    """Os da família, nas unidades lidas."""
    return list(Pedido.objects.filter(familia=familia, unidade__in=list(unidades)).select_related(*_COM_TUDO))


def prestacoes(pedido: Pedido) -> list[Prestacao]:
    return list(pedido.prestacoes.select_related("profissional"))


def a_decidir(unidade: UUID) -> int:
    return Pedido.objects.filter(unidade=unidade, estado=Estado.ESPERA).count()


def a_entregar(unidade: UUID, *, hoje: date) -> tuple[int, date | None]:
    """Quantas prestações já deviam estar entregues, e a mais antiga."""
    dias = Prestacao.objects.filter(
        pedido__unidade=unidade, pedido__estado=Estado.CONCEDIDO, entregue__isnull=True, prevista__lte=hoje
    ).values_list("prevista", flat=True)
    previstas = sorted(dias)
    return len(previstas), previstas[0] if previstas else None


def do_mes(formulario: str, unidade: Unidade, primeiro: date, fim: date) -> Mapping[str, Sequence[UUID]]:
    """C.7 a C.9: os benefícios que a unidade concedeu no mês, cada um uma vez, em quantas prestações for (ADR 0098)."""
    if formulario != "RMA-CRAS" or not Pedido.objects.filter(unidade=unidade).exists():
        return {}
    concedidos = Pedido.objects.filter(
        unidade=unidade,
        estado__in=(Estado.CONCEDIDO, Estado.ENTREGUE),
        decidido_dia__gte=primeiro,
        decidido_dia__lt=fim,
    ).order_by("decidido_dia", "id")
    contados: dict[str, list[UUID]] = {"C.7": [], "C.8": [], "C.9": []}
    item = {Tipo.NATALIDADE: "C.7", Tipo.FUNERAL: "C.8"}
    for pk, tipo in concedidos.values_list("pk", "tipo"):
        contados[item.get(Tipo(tipo), "C.9")].append(pk)
    return contados
