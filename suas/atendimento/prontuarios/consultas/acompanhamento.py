"""Quem a unidade acompanha, o perfil da entrada nas palavras do RMA, os planos, e as contas do mês."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from normas.base.competencia import Competencia
from normas.registros.leitura import FormularioForaDeVigencia, formulario
from suas.atendimento.prontuarios.consultas import blocos
from suas.atendimento.prontuarios.listas import Servico
from suas.atendimento.prontuarios.models import Acompanhamento, Plano
from suas.cadastros.rede.models import Unidade

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Familia, Prontuario

#: Que serviço cada unidade presta, e em que formulário do mês ele se conta.
SERVICO_DA_UNIDADE = {
    Unidade.Tipo.CRAS: Servico.PAIF,
    Unidade.Tipo.CREAS: Servico.PAEFI,
    Unidade.Tipo.CREAS_REGIONAL: Servico.PAEFI,
}
FORMULARIO = {Servico.PAIF: "RMA-CRAS", Servico.PAEFI: "RMA-CREAS"}
#: A seção do formulário que descreve as novas famílias, e o que nela só se diz a quem lê o sigiloso.
PERFIL, SIGILOSOS = "B", {Servico.PAIF: {"B.5", "B.6"}, Servico.PAEFI: {"B.3", "B.4", "B.5", "B.7"}}
TRABALHO_INFANTIL, ABERTAS, BPC = "6", {"1", "2"}, "sim"


def servico_da(unidade: Unidade) -> Servico | None:
    """O serviço que acompanha famílias na unidade; nada, se ela não é CRAS nem CREAS."""
    return SERVICO_DA_UNIDADE.get(Unidade.Tipo(unidade.tipo))


def perfis(servico: str, *, em: date) -> dict[str, str]:
    """Os perfis da entrada: código e rótulo dos itens da seção B do formulário que vale no mês."""
    codigo = FORMULARIO[Servico(servico)]
    try:
        versao = formulario(codigo, em=Competencia(em.year, em.month))
    except FormularioForaDeVigencia:
        return {}
    return {item.codigo: item.rotulo for item in versao.itens.values() if item.secao == PERFIL}


def sugestoes(prontuario: Prontuario, servico: Servico) -> list[str]:
    """Os perfis que as fichas já dizem, para quem insere conferir: nunca se marcam sozinhos."""
    atuais = blocos.atuais(prontuario.familia, unidades=[prontuario.unidade_id], fichas=["6", "11", "12", "13"])
    dito: set[str] = set()
    for (_, ficha, _), versao in atuais.items():
        respostas = versao.respostas
        if ficha == "6" and respostas.get("bpc") == BPC:
            dito.add("bpc")
        if any(
            linha.get("situacao") == TRABALHO_INFANTIL and linha.get("persiste") != "nao"
            for linha in respostas.get("situacoes", ())
        ):
            dito.add("trabalho")
        if any(not linha.get("fim") for linha in respostas.get("acolhimentos", ())):
            dito.add("acolhimento")
        if any(linha["medida"] in ABERTAS and not linha.get("fim") for linha in respostas.get("medidas", ())):
            dito.add("medida")
    itens = {
        Servico.PAIF: {"bpc": "B.4", "trabalho": "B.5", "acolhimento": "B.6"},
        Servico.PAEFI: {"bpc": "B.2", "trabalho": "B.3", "acolhimento": "B.4", "medida": "B.7"},
    }[servico]
    return sorted(itens[motivo] for motivo in dito if motivo in itens)


def aberto(prontuario: Prontuario) -> Acompanhamento | None:
    """O acompanhamento de agora, na unidade do prontuário."""
    return Acompanhamento.objects.filter(prontuario=prontuario, fim__isnull=True, anulado_em__isnull=True).first()


def do_prontuario(prontuario: Prontuario) -> list[Acompanhamento]:
    return list(prontuario.acompanhamentos.select_related("quem_inseriu", "quem_desligou"))


def da_familia(familia: Familia, *, unidades: Sequence[UUID]) -> list[Acompanhamento]:
    feitos = Acompanhamento.objects.filter(familia=familia, unidade__in=list(unidades))
    return list(feitos.select_related("unidade", "quem_inseriu", "quem_desligou"))


def planos(acompanhamento: Acompanhamento, *, sigilo: bool) -> list[Plano]:
    """Os planos, com objetivos, ações e revisões; o individual, só a quem lê o sigiloso."""
    feitos = acompanhamento.planos.select_related("pessoa", "profissional")
    if not sigilo:
        feitos = feitos.filter(tipo="paf")
    return list(feitos.prefetch_related("objetivos__acoes", "revisoes__profissional"))


def meses(inicio: date, fim: date) -> int:
    """Meses completos de um dia a outro."""
    return max((fim.year - inicio.year) * 12 + fim.month - inicio.month - (fim.day < inicio.day), 0)


def no_periodo(unidade: Unidade, *, primeiro: date, fim: date) -> QuerySet[Acompanhamento]:
    """Os que estavam em acompanhamento em algum dia de [primeiro, fim): é o que o RMA conta em A.1."""
    ainda = Q(fim__isnull=True) | Q(fim__gte=primeiro)
    return Acompanhamento.objects.filter(ainda, unidade=unidade, inicio__lt=fim, anulado_em__isnull=True)


def da_conta(unidade: Unidade, item: str, *, primeiro: date, fim: date) -> QuerySet[Acompanhamento] | None:
    """As linhas por trás de um item da seção A; nada, se o item não sai daqui."""
    todos = no_periodo(unidade, primeiro=primeiro, fim=fim)
    if item == "A.1":
        return todos
    return todos.filter(inicio__gte=primeiro) if item == "A.2" else None


def linhas_do_mes(codigo: str, unidade: Unidade, primeiro: date, fim: date) -> dict[str, list[UUID]]:
    """Por item do formulário do mês, os acompanhamentos contados; vazio onde a unidade ainda não acompanha por aqui."""
    servico = servico_da(unidade)
    if servico is None or FORMULARIO[servico] != codigo:
        return {}
    feitos = list(no_periodo(unidade, primeiro=primeiro, fim=fim))
    if not feitos and not Acompanhamento.objects.filter(unidade=unidade, inicio__lt=fim).exists():
        return {}
    novos = [feito for feito in feitos if feito.inicio >= primeiro]
    contas = {"A.1": [feito.pk for feito in feitos], "A.2": [feito.pk for feito in novos]}
    for item in perfis(servico, em=primeiro):
        contas[item] = [feito.pk for feito in novos if item in feito.perfil]
    return contas


def a_rever(unidade: UUID, *, ate: date) -> QuerySet[Plano]:
    """Os planos da unidade, de acompanhamentos abertos, que se combinou rever até um dia."""
    abertos = Plano.objects.filter(
        acompanhamento__unidade=unidade,
        acompanhamento__fim__isnull=True,
        acompanhamento__anulado_em__isnull=True,
        rever_ate__lte=ate,
    )
    return abertos.select_related("acompanhamento__prontuario").order_by("rever_ate", "id")


def linhas_da_lista(unidade: Unidade, item: str, *, primeiro: date, fim: date) -> QuerySet[Acompanhamento]:
    """As linhas de A.1 ou A.2, para a lista: as de plano a rever antes, com os planos à mão."""
    todos = da_conta(unidade, item, primeiro=primeiro, fim=fim)
    assert todos is not None, item
    return todos.select_related("prontuario").prefetch_related("planos").order_by("inicio", "id")
