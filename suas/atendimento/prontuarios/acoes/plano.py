"""O plano do acompanhamento, PAF ou PIA: objetivos, ações com responsável e prazo, e as revisões."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from suas.atendimento.prontuarios import listas, permissoes
from suas.atendimento.prontuarios.models import AcaoDoPlano, Acompanhamento, Objetivo, Plano, Revisao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.atendimento.familias.models import PessoaAtendida

ENCERRADO = "O acompanhamento está encerrado: o plano fica como estava."


@dataclass(frozen=True, kw_only=True)
class NovaAcao:
    """O que se combina fazer, quem faz e até quando."""

    texto: str
    responsavel: str
    prazo: date | None = None


@dataclass(frozen=True, kw_only=True)
class NovaRevisao:
    """O que se viu, em que dia, e quando se revê de novo."""

    dia: date
    texto: str
    proxima: date | None = None


@transaction.atomic
def abrir(
    *,
    acompanhamento: Acompanhamento,
    pessoa: PessoaAtendida | None,
    dia: date,
    rever_ate: date | None,
    por: Ator,
    em: datetime,
    hoje: date,
) -> Plano:
    """O plano da família ou, com `pessoa`, o individual; um de cada. Repetir devolve o que há. Erros: `AtoRecusado`."""
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_ACOMPANHA)
    atual = _exigir_aberto(acompanhamento)
    if (feito := atual.planos.filter(pessoa=pessoa).first()) is not None:
        return feito
    if not atual.inicio <= dia <= hoje:
        raise AtoRecusado(
            f"O plano é de um dia entre o começo do acompanhamento, {atual.inicio:%d/%m/%Y}, e hoje.", campo="dia"
        )
    if rever_ate is not None and rever_ate <= dia:
        raise AtoRecusado("A revisão vem depois do dia do plano.", campo="rever_ate")
    if pessoa is not None and not atual.familia.integrantes.filter(pessoa=pessoa, ate__isnull=True).exists():
        raise AtoRecusado("A pessoa não é desta família. Escolha uma da lista.", campo="pessoa")
    feito = Plano.objects.create(
        acompanhamento=atual,
        familia=atual.familia,
        pessoa=pessoa,
        abrangencia=atual.abrangencia,
        tipo=listas.TipoDePlano.PIA if pessoa is not None else listas.TipoDePlano.PAF,
        dia=dia,
        rever_ate=rever_ate,
        profissional=por.pessoa,
        funcao=por.papel.nome,
        criado_em=em,
    )
    registrar(ato="prontuarios.abrir_plano", objeto=feito, por=por, em=em)
    return feito


@transaction.atomic
def por_objetivo(*, plano: Plano, texto: str, por: Ator, em: datetime) -> Objetivo:
    """Acrescenta um objetivo; o mesmo texto não entra duas vezes. Erros: `AtoRecusado`."""
    _exigir_aberto(plano.acompanhamento)
    if not (escrito := texto.strip()):
        raise AtoRecusado("Escreva o objetivo.", campo="texto")
    if (feito := plano.objetivos.filter(texto=escrito).first()) is not None:
        return feito
    feito = Objetivo.objects.create(
        plano=plano, familia_id=plano.familia_id, abrangencia=plano.abrangencia, texto=escrito, criado_em=em
    )
    registrar(ato="prontuarios.por_objetivo", objeto=plano, por=por, em=em)
    return feito


@transaction.atomic
def por_acao(*, objetivo: Objetivo, nova: NovaAcao, por: Ator, em: datetime) -> AcaoDoPlano:
    """Acrescenta uma ação a um objetivo; a mesma não entra duas vezes. Erros: `AtoRecusado`."""
    _exigir_aberto(objetivo.plano.acompanhamento)
    texto, responsavel = nova.texto.strip(), nova.responsavel.strip()
    if not texto:
        raise AtoRecusado("Escreva o que se combinou fazer.", campo="texto")
    if not responsavel:
        raise AtoRecusado("Diga quem faz: alguém da família, a equipe ou outro serviço.", campo="responsavel")
    if (feita := objetivo.acoes.filter(texto=texto, responsavel=responsavel, prazo=nova.prazo).first()) is not None:
        return feita
    feita = AcaoDoPlano.objects.create(
        objetivo=objetivo,
        familia_id=objetivo.familia_id,
        abrangencia=objetivo.abrangencia,
        texto=texto,
        responsavel=responsavel,
        prazo=nova.prazo,
        criada_em=em,
    )
    registrar(ato="prontuarios.por_acao", objeto=objetivo.plano, por=por, em=em)
    return feita


@transaction.atomic
def situar_objetivo(*, objetivo: Objetivo, situacao: str, por: Ator, em: datetime) -> Objetivo:
    """Diz em que pé está o objetivo. Repetir não muda nada. Erros: `AtoRecusado`."""
    _exigir_aberto(objetivo.plano.acompanhamento)
    atual = Objetivo.objects.select_for_update(of=("self",)).get(pk=objetivo.pk)
    if situacao not in listas.Objetivo.values:
        raise AtoRecusado("Escolha em que pé está o objetivo.", campo="situacao")
    if atual.situacao != situacao:
        atual.situacao = situacao
        atual.save(update_fields=["situacao"])
        registrar(ato="prontuarios.situar_objetivo", objeto=objetivo.plano, por=por, em=em)
    return atual


@transaction.atomic
def situar_acao(*, acao: AcaoDoPlano, situacao: str, por: Ator, em: datetime) -> AcaoDoPlano:
    """Diz se a ação foi feita. Repetir não muda nada. Erros: `AtoRecusado`."""
    _exigir_aberto(acao.objetivo.plano.acompanhamento)
    atual = AcaoDoPlano.objects.select_for_update(of=("self",)).get(pk=acao.pk)
    if situacao not in listas.Acao.values:
        raise AtoRecusado("Escolha em que pé está a ação.", campo="situacao")
    if atual.situacao != situacao:
        atual.situacao = situacao
        atual.save(update_fields=["situacao"])
        registrar(ato="prontuarios.situar_acao", objeto=acao.objetivo.plano, por=por, em=em)
    return atual


@transaction.atomic
def rever(*, plano: Plano, nova: NovaRevisao, por: Ator, em: datetime, hoje: date) -> Revisao:
    """Registra a revisão e marca a próxima. Repetir o mesmo envio não registra de novo. Erros: `AtoRecusado`."""
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_ACOMPANHA)
    _exigir_aberto(plano.acompanhamento)
    atual = Plano.objects.select_for_update(of=("self",)).get(pk=plano.pk)
    if not (escrito := nova.texto.strip()):
        raise AtoRecusado("Escreva o que se viu ao rever o plano.", campo="texto")
    if not atual.dia <= nova.dia <= hoje:
        raise AtoRecusado(f"A revisão é de um dia entre o do plano, {atual.dia:%d/%m/%Y}, e hoje.", campo="dia")
    if nova.proxima is not None and nova.proxima <= nova.dia:
        raise AtoRecusado("A próxima revisão vem depois desta.", campo="proxima")
    if (feita := atual.revisoes.filter(dia=nova.dia, texto=escrito, profissional=por.pessoa).first()) is not None:
        return feita
    feita = Revisao.objects.create(
        plano=atual,
        familia_id=atual.familia_id,
        abrangencia=atual.abrangencia,
        dia=nova.dia,
        texto=escrito,
        proxima=nova.proxima,
        profissional=por.pessoa,
        funcao=por.papel.nome,
        registrada_em=em,
    )
    atual.rever_ate = nova.proxima
    atual.save(update_fields=["rever_ate"])
    registrar(ato="prontuarios.rever_plano", objeto=atual, por=por, em=em)
    return feita


def _exigir_aberto(acompanhamento: Acompanhamento) -> Acompanhamento:
    """O acompanhamento, tomado até o fim da transação: ninguém o encerra enquanto se escreve no plano."""
    atual = Acompanhamento.objects.select_for_update(of=("self",)).get(pk=acompanhamento.pk)
    if not atual.aberto:
        raise AtoRecusado(ENCERRADO)
    return atual
