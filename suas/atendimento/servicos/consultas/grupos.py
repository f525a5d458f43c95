"""Os grupos de uma unidade: quem participa, quem veio, e o que conta no mês."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from suas.atendimento.servicos.listas import TipoDeGrupo
from suas.atendimento.servicos.models import Encontro, Grupo, Participante, Presenca
from suas.cadastros.rede.models import Unidade

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Familia, PessoaAtendida

#: Quantos encontros se olham para dizer com que frequência alguém vem.
RECENTES = 8


@dataclass(frozen=True, kw_only=True)
class NaChamada:
    """Alguém na chamada de um dia. `veio` é o que está gravado; nada, se ainda não se fez a chamada."""

    pessoa: PessoaAtendida
    familia_id: UUID
    veio: bool | None


def da_unidade(unidade: UUID, *, encerrados: bool = False) -> QuerySet[Grupo]:
    """Os grupos da unidade, com quantos participam e o último encontro."""
    grupos = Grupo.objects.filter(unidade=unidade, encerrado__isnull=not encerrados)
    com_contas = grupos.annotate(
        quantos=Count("participantes", filter=Q(participantes__ate__isnull=True), distinct=True),
        ultimo=Max("encontros__dia", filter=Q(encontros__anulado_em__isnull=True)),
    )
    return com_contas.order_by("nome", "id")


def participantes(grupo: Grupo) -> list[Participante]:
    """Os de agora, pelo nome."""
    abertos = grupo.participantes.filter(ate__isnull=True).select_related("pessoa")
    return sorted(abertos, key=lambda participante: participante.pessoa.como_se_chama)


def que_sairam(grupo: Grupo) -> list[Participante]:
    return list(grupo.participantes.filter(ate__isnull=False).select_related("pessoa").order_by("-ate"))


def encontros(grupo: Grupo) -> QuerySet[Encontro]:
    """Do mais novo ao mais antigo, com quantos vieram; os anulados também."""
    todos = grupo.encontros.select_related("profissional")
    com_contas = todos.annotate(vieram=Count("presencas", filter=Q(presencas__veio=True)))
    return com_contas.order_by("-dia", "-id")


def encontro_do_dia(grupo: Grupo, dia: date) -> Encontro | None:
    return grupo.encontros.filter(dia=dia, anulado_em__isnull=True).first()


def frequencia(grupo: Grupo) -> tuple[int, dict[UUID, int]]:
    """Quantos dos últimos encontros houve, e a quantos cada pessoa veio."""
    ultimos = list(grupo.encontros.filter(anulado_em__isnull=True).values_list("pk", flat=True)[:RECENTES])
    vieram = Presenca.objects.filter(encontro__in=ultimos, veio=True).values("pessoa").annotate(quantas=Count("pk"))
    return len(ultimos), {linha["pessoa"]: linha["quantas"] for linha in vieram.order_by("pessoa")}


def chamada(grupo: Grupo, *, dia: date, encontro: Encontro | None) -> list[NaChamada]:
    """Quem participava no dia, e quem a chamada já gravada tem, pelo nome."""
    marcadas: Mapping[UUID, Presenca] = {}
    if encontro is not None:
        marcadas = {p.pessoa_id: p for p in encontro.presencas.select_related("pessoa")}
    no_dia = grupo.participantes.filter(desde__lte=dia).filter(Q(ate__isnull=True) | Q(ate__gte=dia))
    linhas = {
        p.pessoa_id: NaChamada(pessoa=p.pessoa, familia_id=p.familia_id, veio=None)
        for p in no_dia.select_related("pessoa")
    }
    for pessoa, presenca in marcadas.items():
        linhas[pessoa] = NaChamada(pessoa=presenca.pessoa, familia_id=presenca.familia_id, veio=presenca.veio)
    return sorted(linhas.values(), key=lambda linha: linha.pessoa.como_se_chama)


def da_familia(familia: Familia, *, unidades: Iterable[UUID]) -> list[Participante]:
    """De que grupos alguém da família participa, nas unidades lidas."""
    dela = Participante.objects.filter(familia=familia, grupo__unidade__in=list(unidades))
    return list(dela.select_related("pessoa", "grupo__unidade").order_by("-desde"))


def presencas_da_familia(familia: Familia, *, unidades: Iterable[UUID]) -> list[Presenca]:
    """Os encontros a que alguém da família veio, nas unidades lidas, do mais novo ao mais antigo."""
    vieram = Presenca.objects.filter(
        familia=familia, veio=True, encontro__anulado_em__isnull=True, encontro__unidade__in=list(unidades)
    )
    com_tudo = vieram.select_related("pessoa", "encontro__grupo", "encontro__unidade", "encontro__profissional")
    return list(com_tudo.order_by("-encontro__dia"))


#: O item de cada faixa de idade no Serviço de Convivência: a menor e a maior idade.
FAIXAS: Mapping[str, tuple[int, int]] = {
    "D.2": (0, 6),
    "D.3": (7, 14),
    "D.4": (15, 17),
    "D.8": (18, 59),
    "D.5": (60, 200),
}


def presencas_do_mes(formulario: str, unidade: Unidade, primeiro: date, fim: date) -> Mapping[str, Sequence[UUID]]:
    """Quem participa dos grupos: inscrito, e com ao menos uma presença no mês (ADR 0097).

    D.1 conta cada família do PAIF uma vez; D.2 a D.5 e D.8, cada pessoa do Serviço de Convivência, pela idade no último
    dia do mês, se se sabe o nascimento; D.7, as pessoas com deficiência. Nada, onde não há grupo continuado.
    """
    continuados = (TipoDeGrupo.PAIF, TipoDeGrupo.SCFV)
    if formulario != "RMA-CRAS" or not Grupo.objects.filter(unidade=unidade, tipo__in=continuados).exists():
        return {}
    feitas = _do_periodo(unidade, primeiro=primeiro, fim=fim).filter(encontro__grupo__tipo__in=continuados)
    ultimo_dia = fim - timedelta(days=1)
    familias: dict[UUID, UUID] = {}
    com_deficiencia: dict[UUID, UUID] = {}
    por_faixa: dict[str, dict[UUID, UUID]] = {item: {} for item in FAIXAS}
    for presenca in feitas.select_related("pessoa", "encontro__grupo").order_by("encontro__dia", "id"):
        pessoa = presenca.pessoa
        if pessoa.deficiencia:
            com_deficiencia.setdefault(pessoa.pk, presenca.pk)
        if presenca.encontro.grupo.tipo == TipoDeGrupo.PAIF:
            familias.setdefault(presenca.familia_id, presenca.pk)
            continue
        idade = pessoa.idade(ultimo_dia)
        for item, (menor, maior) in FAIXAS.items():
            if idade is not None and menor <= idade <= maior:
                por_faixa[item].setdefault(pessoa.pk, presenca.pk)
    contados = {"D.1": familias, **por_faixa, "D.7": com_deficiencia}
    return {item: list(linhas.values()) for item, linhas in contados.items()}


def nao_continuadas_do_mes(
    formulario: str, unidade: Unidade, primeiro: date, fim: date
) -> Mapping[str, Sequence[UUID]]:
    """D.6: cada pessoa que veio a cada palestra ou oficina, também as só contadas; o encontro se repete por pessoa."""
    tipo = TipoDeGrupo.NAO_CONTINUADA
    if formulario != "RMA-CRAS" or not Grupo.objects.filter(unidade=unidade, tipo=tipo).exists():
        return {}
    feitos = Encontro.objects.filter(
        unidade=unidade, grupo__tipo=tipo, anulado_em__isnull=True, dia__gte=primeiro, dia__lt=fim
    ).annotate(vieram=Count("presencas", filter=Q(presencas__veio=True)))
    return {"D.6": [e.pk for e in feitos for _ in range(e.vieram + e.sem_registro)]}


def _do_periodo(unidade: Unidade, *, primeiro: date, fim: date) -> QuerySet[Presenca]:
    return Presenca.objects.filter(
        veio=True,
        encontro__unidade=unidade,
        encontro__anulado_em__isnull=True,
        encontro__dia__gte=primeiro,
        encontro__dia__lt=fim,
    )
