"""Inserir a família no PAIF ou no PAEFI, desligá-la, anular o que se inseriu por engano, e avaliar (bloco 14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from suas.atendimento.prontuarios import listas, permissoes
from suas.atendimento.prontuarios.consultas import acompanhamento as leitura
from suas.atendimento.prontuarios.models import Acompanhamento, Avaliacao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Prontuario


@dataclass(frozen=True, kw_only=True)
class Entrada:
    """O dia da inserção, o perfil (códigos da seção B do RMA) e por quê."""

    dia: date
    perfil: list[str]
    motivo: str = ""


@dataclass(frozen=True, kw_only=True)
class Saida:
    """O dia, a razão do formulário e as palavras de quem desliga."""

    dia: date
    razao: str
    motivo: str = ""


@dataclass(frozen=True, kw_only=True)
class Avaliada:
    """As respostas da avaliação."""

    dia: date
    ofertas: str
    outras_politicas: str
    reconhece: bool
    resultado: str
    texto: str = ""


@transaction.atomic
def inserir(
    *, prontuario: Prontuario, entrada: Entrada, por: Ator, em: datetime, hoje: date, sintetico: bool = False
) -> Acompanhamento:
    """Começa o acompanhamento da família pelo serviço da unidade. Repetir o mesmo envio não insere de novo.

    Erros: `AtoRecusado` se a unidade não acompanha, se já se acompanha, ou se o dia ou o perfil não servem.
    """
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_ACOMPANHA)
    _trancar(prontuario)
    servico = leitura.servico_da(prontuario.unidade)
    if servico is None:
        raise AtoRecusado("O PAIF é do CRAS e o PAEFI, do CREAS: esta unidade não acompanha famílias por eles.")
    if (feito := leitura.aberto(prontuario)) is not None:
        if feito.quem_inseriu_id == por.pessoa.pk and (feito.inicio, feito.perfil) == (entrada.dia, entrada.perfil):
            return feito
        raise AtoRecusado(f"A família já está em acompanhamento desde {feito.inicio:%d/%m/%Y}.")
    _exigir_dia(entrada.dia, prontuario, hoje=hoje)
    ultimo = prontuario.acompanhamentos.filter(anulado_em__isnull=True).order_by("-fim").first()
    if ultimo is not None and ultimo.fim is not None and entrada.dia < ultimo.fim:
        raise AtoRecusado(
            f"O acompanhamento anterior terminou em {ultimo.fim:%d/%m/%Y}: o novo começa nesse dia ou depois.",
            campo="dia",
        )
    if estranhos := sorted(set(entrada.perfil) - set(leitura.perfis(servico, em=entrada.dia))):
        raise AtoRecusado(f"O perfil {estranhos[0]} não está no formulário do mês da inserção.", campo="perfil")
    feito = Acompanhamento.objects.create(
        prontuario=prontuario,
        familia=prontuario.familia,
        unidade=prontuario.unidade,
        abrangencia=prontuario.abrangencia,
        servico=servico,
        inicio=entrada.dia,
        perfil=sorted(entrada.perfil),
        motivo=entrada.motivo.strip(),
        quem_inseriu=por.pessoa,
        funcao=por.papel.nome,
        inserido_em=em,
        sintetico=sintetico,
    )
    registrar(ato="prontuarios.inserir", objeto=feito, por=por, em=em)
    return feito


@transaction.atomic
def desligar(*, acompanhamento: Acompanhamento, saida: Saida, por: Ator, em: datetime, hoje: date) -> Acompanhamento:
    """Encerra o acompanhamento, com a razão. A família pode ser inserida de novo. Erros: `AtoRecusado`."""
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_ACOMPANHA)
    atual = _aberto(acompanhamento)
    if saida.dia > hoje:
        raise AtoRecusado(f"O dia {saida.dia:%d/%m/%Y} ainda não chegou. Confira a data.", campo="dia")
    if saida.dia < atual.inicio:
        raise AtoRecusado(
            f"O acompanhamento começou em {atual.inicio:%d/%m/%Y}: o desligamento não pode ser antes.", campo="dia"
        )
    if saida.razao == listas.Razao.OUTROS and not saida.motivo.strip():
        raise AtoRecusado("Em “Outros”, diga em palavras por que se desliga.", campo="motivo")
    atual.fim, atual.razao, atual.motivo_do_fim = saida.dia, saida.razao, saida.motivo.strip()
    atual.quem_desligou = por.pessoa
    atual.save(update_fields=["fim", "razao", "motivo_do_fim", "quem_desligou"])
    registrar(ato="prontuarios.desligar", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def anular(*, acompanhamento: Acompanhamento, motivo: str, por: Ator, em: datetime) -> Acompanhamento:
    """Risca o acompanhamento inserido por engano: fica no prontuário e deixa de contar. Erros: `AtoRecusado`."""
    atual = Acompanhamento.objects.select_for_update(of=("self",)).get(pk=acompanhamento.pk)
    if atual.anulado_em is not None:
        raise AtoRecusado("Este acompanhamento já está anulado.")
    if not motivo.strip():
        raise AtoRecusado("Diga por que se anula.", campo="motivo")
    atual.anulado_em, atual.motivo_da_anulacao = em, motivo.strip()
    atual.save(update_fields=["anulado_em", "motivo_da_anulacao"])
    registrar(ato="prontuarios.anular_acompanhamento", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def avaliar(*, acompanhamento: Acompanhamento, avaliada: Avaliada, por: Ator, em: datetime, hoje: date) -> Avaliacao:
    """Registra a avaliação do acompanhamento, com os meses contados até o dia dela. Erros: `AtoRecusado`."""
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_ACOMPANHA)
    atual = Acompanhamento.objects.select_for_update(of=("self",)).get(pk=acompanhamento.pk)
    if atual.anulado_em is not None:
        raise AtoRecusado("Este acompanhamento foi anulado: não se avalia.")
    if not atual.inicio <= avaliada.dia <= hoje:
        raise AtoRecusado(
            f"A avaliação é de um dia entre o começo do acompanhamento, {atual.inicio:%d/%m/%Y}, e hoje.", campo="dia"
        )
    repetida = atual.avaliacoes.filter(
        dia=avaliada.dia, resultado=avaliada.resultado, texto=avaliada.texto.strip(), profissional=por.pessoa
    ).first()
    if repetida is not None:
        return repetida
    feita = Avaliacao.objects.create(
        acompanhamento=atual,
        familia=atual.familia,
        abrangencia=atual.abrangencia,
        dia=avaliada.dia,
        meses=leitura.meses(atual.inicio, avaliada.dia),
        ofertas=avaliada.ofertas,
        outras_politicas=avaliada.outras_politicas,
        reconhece=avaliada.reconhece,
        resultado=avaliada.resultado,
        texto=avaliada.texto.strip(),
        profissional=por.pessoa,
        funcao=por.papel.nome,
        registrada_em=em,
    )
    registrar(ato="prontuarios.avaliar", objeto=feita, por=por, em=em)
    return feita


def _aberto(acompanhamento: Acompanhamento) -> Acompanhamento:
    atual = Acompanhamento.objects.select_for_update(of=("self",)).get(pk=acompanhamento.pk)
    if atual.anulado_em is not None:
        raise AtoRecusado("Este acompanhamento foi anulado.")
    if atual.fim is not None:
        raise AtoRecusado(f"A família já foi desligada em {atual.fim:%d/%m/%Y}.")
    return atual


def _trancar(prontuario: Prontuario) -> None:
    type(prontuario)._default_manager.select_for_update(of=("self",)).get(pk=prontuario.pk)


def _exigir_dia(dia: date, prontuario: Prontuario, *, hoje: date) -> None:
    if dia > hoje:
        raise AtoRecusado(f"O dia {dia:%d/%m/%Y} ainda não chegou. Confira a data.", campo="dia")
    if dia < prontuario.aberto_dia:
        raise AtoRecusado(
            f"O prontuário foi aberto em {prontuario.aberto_dia:%d/%m/%Y}: a inserção não pode ser de antes.",
            campo="dia",
        )
