"""A família como se lê numa página: quem é, onde mora, em que unidades tem prontuário e o que se fez."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from suas.atendimento.familias.listas import Parentesco, TipoDeAtendimento
from suas.atendimento.familias.models import (
    Atendimento,
    Domicilio,
    Familia,
    Integrante,
    LeituraDeFora,
    Prontuario,
)
from suas.cadastros.cobertura.consultas import territorios_informados
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca

RECENTES = 10


def composicao(familia: Familia) -> list[Integrante]:
    """Todos, com os que já saíram, pela ordem do prontuário."""
    return list(familia.integrantes.select_related("pessoa").order_by("ordem"))


def referencia(familia: Familia) -> Integrante | None:
    """A pessoa de referência de agora."""
    abertos = familia.integrantes.filter(ate__isnull=True, parentesco=Parentesco.REFERENCIA)
    return abertos.select_related("pessoa").first()


def domicilio(familia: Familia) -> Domicilio | None:
    return familia.domicilios.filter(ate__isnull=True).first()


def domicilios_anteriores(familia: Familia) -> list[Domicilio]:
    return list(familia.domicilios.filter(ate__isnull=False))


def prontuarios(familia: Familia) -> list[Prontuario]:
    return list(familia.prontuarios.select_related("unidade").order_by("aberto_dia", "id"))


def prontuario_na(familia: Familia, *, unidade: UUID) -> Prontuario | None:
    return familia.prontuarios.select_related("unidade").filter(unidade_id=unidade).first()


def atendimentos(familia: Familia, *, unidades: Iterable[UUID]) -> QuerySet[Atendimento]:
    """O que se fez com a família nestas unidades, do mais novo ao mais antigo, os anulados também."""
    feitos = familia.atendimentos.filter(unidade__in=list(unidades))
    return feitos.select_related("pessoa", "unidade", "profissional")


def proximo_numero(unidade: Unidade) -> int:
    """O número do próximo prontuário da unidade: quem o cria e padroniza é ela."""
    ultimo = Prontuario.objects.filter(unidade=unidade).aggregate(ultimo=Max("numero"))["ultimo"]
    return (ultimo or 0) + 1


def proxima_ordem(familia: Familia) -> int:
    ultima = familia.integrantes.aggregate(ultima=Max("ordem"))["ultima"]
    return (ultima or 0) + 1


def leitura_que_vale(familia: Familia, *, pessoa: UUID, unidade: UUID, agora: datetime) -> LeituraDeFora | None:
    """A licença de ler o que outra unidade registrou, se a pessoa a abriu há pouco."""
    abertas = LeituraDeFora.objects.filter(familia=familia, pessoa_id=pessoa, unidade_id=unidade, vale_ate__gt=agora)
    return abertas.first()


def leituras_de_fora(familia: Familia) -> list[LeituraDeFora]:
    return list(familia.leituras_de_fora.select_related("pessoa", "unidade"))


def recentes(unidade: Unidade) -> list[Integrante]:
    """As pessoas de referência das famílias em que a unidade mexeu por último."""
    ultimos = (
        Prontuario.objects.filter(unidade=unidade)
        .annotate(ultimo=Max("atendimentos__anotado_em"))
        .order_by("-ultimo", "-criado_em")
        .values_list("familia_id", flat=True)[:RECENTES]
    )
    ordem = {familia: posicao for posicao, familia in enumerate(ultimos)}
    abertos = Integrante.objects.filter(familia__in=list(ordem), ate__isnull=True, parentesco=Parentesco.REFERENCIA)
    return sorted(abertos.select_related("pessoa", "familia"), key=lambda integrante: ordem[integrante.familia_id])


def do_mes(unidade: Unidade, *, primeiro: date, fim: date) -> list[tuple[TipoDeAtendimento, int, int]]:
    """Cada tipo, quantos atendimentos e quantas famílias no período [primeiro, fim); os anulados não contam."""
    contas = {
        linha["tipo"]: (linha["quantos"], linha["familias"])
        for linha in _do_periodo(unidade, primeiro=primeiro, fim=fim)
        .values("tipo")
        .annotate(quantos=Count("pk"), familias=Count("familia", distinct=True))
        .order_by("tipo")
    }
    return [(tipo, *contas.get(tipo.value, (0, 0))) for tipo in TipoDeAtendimento]


def contas_por_tipo(
    unidade: Unidade, *, primeiro: date, fim: date, tipos: Iterable[TipoDeAtendimento]
) -> dict[TipoDeAtendimento, int]:
    """Quantos atendimentos de cada tipo no período [primeiro, fim), pelo índice; o tipo que não houve não está."""
    feitos = _do_periodo(unidade, primeiro=primeiro, fim=fim).filter(tipo__in=list(tipos))
    contas = feitos.values_list("tipo").annotate(quantos=Count("pk")).order_by("tipo")
    return {TipoDeAtendimento(tipo): quantos for tipo, quantos in contas}


def lista_do_mes(unidade: Unidade, *, primeiro: date, fim: date, tipo: int | None) -> QuerySet[Atendimento]:
    """As linhas por trás de cada conta do mês."""
    feitos = _do_periodo(unidade, primeiro=primeiro, fim=fim).select_related("pessoa", "profissional", "prontuario")
    return feitos.filter(tipo=tipo) if tipo is not None else feitos


def por_chaves(chaves: Iterable[str]) -> list[Atendimento]:
    """As linhas com estas chaves, também as anuladas depois: o que estava atrás de um número já enviado."""
    feitos = Atendimento.objects.filter(pk__in=list(chaves))
    return list(feitos.select_related("profissional", "prontuario").order_by("-dia", "-id"))


def _do_periodo(unidade: Unidade, *, primeiro: date, fim: date) -> QuerySet[Atendimento]:
    return Atendimento.objects.filter(unidade=unidade, dia__gte=primeiro, dia__lt=fim, anulado_em__isnull=True)


def cras_do_municipio(municipio: str, *, hoje: date) -> list[Unidade]:
    cras = Unidade.objects.filter(municipio_id=municipio, tipo=Unidade.Tipo.CRAS).em_funcionamento(hoje)
    return list(cras.order_by("nome_busca", "id"))


def cras_do_bairro(municipio: str, *, bairro: str) -> Unidade | None:
    """O CRAS cujo território tem o bairro, se é um só; senão ninguém decide por ele."""
    procurado = nome_de_busca(bairro)
    if not procurado:
        return None
    donos = [
        territorio.unidade
        for territorio in territorios_informados(municipio).select_related("unidade")
        if procurado in {nome_de_busca(nome) for nome in territorio.bairros}
    ]
    return donos[0] if len(donos) == 1 else None


def referencias(familias: Iterable[UUID]) -> dict[UUID, str]:
    """Por família, como se chama a pessoa de referência dela: o nome que as listas mostram."""
    abertos = Integrante.objects.filter(
        familia__in=list(familias), ate__isnull=True, parentesco=Parentesco.REFERENCIA
    ).select_related("pessoa")
    return {integrante.familia_id: integrante.pessoa.como_se_chama for integrante in abertos}


def ingressos(municipio: str, *, desde: date) -> list[tuple[UUID, str, int]]:
    """Por unidade e forma de ingresso, quantos prontuários se abriram desde o dia."""
    abertos = Prontuario.objects.filter(abrangencia=municipio, aberto_dia__gte=desde)
    contas = abertos.values("unidade", "ingresso").annotate(quantos=Count("pk")).order_by("unidade", "ingresso")
    return [(conta["unidade"], conta["ingresso"], conta["quantos"]) for conta in contas]


def domicilios_de(familias: Iterable[UUID]) -> dict[UUID, Domicilio]:
    """Onde cada família mora agora; a que não tem endereço não está."""
    return {d.familia_id: d for d in Domicilio.objects.filter(familia__in=list(familias), ate__isnull=True)}


def sem_atendimento(unidade: Unidade, *, dias: int, hoje: date) -> list[UUID]:
    """As famílias da unidade sem atendimento há mais de tantos dias, a que falta há mais tempo primeiro."""
    prontuarios = Prontuario.objects.filter(unidade=unidade, aberto_dia__lt=hoje - timedelta(days=dias)).annotate(
        ultimo=Max("atendimentos__dia", filter=Q(atendimentos__anulado_em__isnull=True))
    )
    faltosas = prontuarios.filter(Q(ultimo__isnull=True) | Q(ultimo__lt=hoje - timedelta(days=dias)))
    return list(faltosas.order_by("ultimo", "aberto_dia", "id").values_list("familia_id", flat=True))


def ultimo_tipo(pessoa: UUID, *, dia: date) -> int | None:
    """O tipo do último atendimento que a pessoa anotou como sendo deste dia: o padrão do próximo."""
    feitos = Atendimento.objects.filter(profissional=pessoa, dia=dia, anulado_em__isnull=True)
    return feitos.order_by("-anotado_em").values_list("tipo", flat=True).first()
