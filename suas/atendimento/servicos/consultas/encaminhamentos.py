"""Os encaminhamentos de uma unidade e de uma família, e o que eles contam no mês."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When

from suas.atendimento.servicos.listas import Codigo
from suas.atendimento.servicos.models import Encaminhamento, Passo
from suas.cadastros.rede.models import Unidade
from suas.nucleo import tranca
from suas.nucleo.identidade import consultas as identidade
from suas.nucleo.permissoes.papeis import COORDENACAO_UNIDADE

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Familia

Etapa = Encaminhamento.Etapa
_COM_TUDO = ("familia", "pessoa", "origem", "destino", "profissional")


def recebidos(unidade: UUID, *, etapa: str = "") -> QuerySet[Encaminhamento]:
    """Os que chegaram à unidade: os que esperam resposta à frente, e destes o de prazo mais próximo."""
    chegaram = Encaminhamento.objects.filter(destino=unidade).select_related(*_COM_TUDO)
    chegaram = chegaram.filter(etapa=etapa) if etapa else chegaram
    espera = Case(When(etapa=Etapa.ENVIADO, then=0), default=1)
    prazo = Case(When(etapa=Etapa.ENVIADO, then=F("responder_ate")))
    return chegaram.order_by(espera, prazo, "-dia", "-id")


def enviados(unidade: UUID, *, etapa: str = "") -> QuerySet[Encaminhamento]:
    """Os que a unidade mandou, do mais novo ao mais antigo."""
    mandou = Encaminhamento.objects.filter(origem=unidade).select_related(*_COM_TUDO)
    return mandou.filter(etapa=etapa) if etapa else mandou


def da_familia(familia: Familia, *, unidade: UUID, lidas: Iterable[UUID]) -> QuerySet[Encaminhamento]:
    """Os da família que saíram das unidades lidas, e os que chegaram à própria."""
    todos = Encaminhamento.objects.filter(familia=familia).filter(Q(origem__in=list(lidas)) | Q(destino=unidade))
    return todos.select_related(*_COM_TUDO)


def passos(encaminhamento: Encaminhamento) -> list[Passo]:
    return list(encaminhamento.passos.select_related("pessoa", "unidade"))


def destinos(origem: Unidade, *, hoje: date) -> list[Unidade]:
    """As outras unidades do município em funcionamento: os CRAS e CREAS primeiro."""
    outras = Unidade.objects.filter(municipio_id=origem.municipio_id).em_funcionamento(hoje).exclude(pk=origem.pk)
    ordem = {tipo: posicao for posicao, tipo in enumerate(Unidade.Tipo)}
    return sorted(outras, key=lambda unidade: (ordem[Unidade.Tipo(unidade.tipo)], unidade.nome_busca))


def a_responder(unidade: UUID) -> tuple[int, date | None]:
    """Quantos esperam a resposta da unidade, e o prazo do primeiro."""
    prazos = list(recebidos(unidade, etapa=Etapa.ENVIADO).values_list("responder_ate", flat=True))
    return len(prazos), prazos[0] if prazos else None


def sem_resposta(unidade: UUID, *, hoje: date) -> int:
    """Quantos a unidade mandou e venceram sem resposta."""
    return enviados(unidade, etapa=Etapa.ENVIADO).filter(responder_ate__lt=hoje).count()


@tranca.como_sistema()  # quem encaminha não alcança os vínculos da outra unidade
def quem_se_avisa(*, unidade: UUID, municipio: str, dia: date) -> list[UUID]:
    """Quem coordena a unidade, com vínculo que vale no dia."""
    vinculos = identidade.vinculos_em(municipio).filter(
        identidade.vigente(dia), papel_codigo=COORDENACAO_UNIDADE.codigo, unidade=unidade
    )
    return list(dict.fromkeys(vinculos.values_list("pessoa_id", flat=True)))


#: O item do formulário do mês que conta famílias encaminhadas, pelo código do encaminhamento.
_FAMILIAS: Mapping[str, Mapping[str, Codigo]] = {
    "RMA-CRAS": {"C.2": Codigo.CADUNICO_INCLUIR, "C.3": Codigo.CADUNICO_ATUALIZAR, "C.5": Codigo.CRAS_PARA_CREAS},
    "RMA-CREAS": {"M.3": Codigo.CREAS_PARA_CRAS},
}


def do_mes(formulario: str, unidade: Unidade, primeiro: date, fim: date) -> Mapping[str, Sequence[UUID]]:
    """O que conta em cada item do mês: um encaminhamento por família (C.2, C.3, C.5, M.3) ou por pessoa (C.4).

    Nada, na unidade que ainda não registra encaminhamentos: o que falta não é zero. O cancelado não conta.
    """
    itens = _FAMILIAS.get(formulario)
    if itens is None or not Encaminhamento.objects.filter(origem=unidade, dia__lt=fim).exists():
        return {}
    feitos = Encaminhamento.objects.filter(origem=unidade, dia__gte=primeiro, dia__lt=fim).exclude(
        etapa=Etapa.CANCELADO
    )
    do_periodo = list(feitos.order_by("dia", "id").values_list("pk", "codigo", "familia_id", "pessoa_id"))
    contados = {
        item: _um_por((pk, familia) for pk, codigo, familia, _ in do_periodo if codigo == procurado)
        for item, procurado in itens.items()
    }
    if formulario == "RMA-CRAS":
        contados["C.4"] = _um_por(
            (pk, pessoa or familia) for pk, codigo, familia, pessoa in do_periodo if codigo == Codigo.INSS_BPC
        )
    return contados


def _um_por(pares: Iterable[tuple[UUID, UUID]]) -> list[UUID]:
    """O primeiro encaminhamento de cada um."""
    primeiros: dict[UUID, UUID] = {}
    for pk, de_quem in pares:
        primeiros.setdefault(de_quem, pk)
    return list(primeiros.values())
