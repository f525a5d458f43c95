"""Os atos das comunicações (propor, mandar, descartar, entregar o lote) e da entrega que se fez no sistema federal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from suas.nucleo.avisos.acoes import avisar
from suas.nucleo.obrigacoes.acoes import entregas
from suas.nucleo.obrigacoes.consultas import historia
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar
from suas.vigilancia.monitoramento import comunicados
from suas.vigilancia.monitoramento.consultas import Fora
from suas.vigilancia.monitoramento.models import Comunicacao, Destinatario

Estado = Comunicacao.Estado
MOTIVO_MINIMO = 10


@transaction.atomic
def propor(*, onde: str, por: Ator, em: datetime, hoje: date) -> list[Comunicacao]:
    """Propõe o que cabe avisar aos municípios do lugar; o que já se propôs, pela mesma causa, fica como está."""
    novas = []
    for caso in comunicados.casos(onde, hoje=hoje):
        janela = caso.opcao.achada.janela
        comunicacao, nova = Comunicacao.objects.get_or_create(
            especie=caso.especie,
            sistema=janela.sistema,
            periodo=str(janela.periodo),
            etapa=janela.etapa,
            abrangencia=onde,
            prazo=caso.opcao.prazo.ultimo,
            defaults={"proposta_em": em},
        )
        if nova:
            registrar(ato="monitoramento.propor", objeto=comunicacao, por=por, em=em)
            novas.append(comunicacao)
    return novas


@transaction.atomic
def enviar(*, comunicacao: Comunicacao, por: Ator, em: datetime, hoje: date) -> list[Destinatario]:
    """Decide mandar, e diz a quem: os de hoje. Erros: `AtoRecusado` se já se decidiu, ou se não há a quem mandar."""
    atual = _a_decidir(comunicacao)
    recebem = [recebe for recebe in comunicados.previa(atual, hoje=hoje) if recebe.tem_como]
    if not recebem:
        raise AtoRecusado("Não há a quem mandar: todos entregaram, ou nenhum dos que faltam tem quem receba.")
    Destinatario.objects.bulk_create(
        Destinatario(comunicacao=atual, abrangencia=r.municipio, pessoa_id=r.pessoa_id, faltam=r.faltam)
        for r in recebem
    )
    _decidir(atual, Estado.ENVIADA, por=por, em=em)
    registrar(ato="monitoramento.enviar", objeto=atual, por=por, em=em, dados={"quantos": len(recebem)})
    return list(atual.destinatarios.all())


@transaction.atomic
def descartar(*, comunicacao: Comunicacao, motivo: str, por: Ator, em: datetime) -> Comunicacao:
    """Decide não mandar, dizendo por quê. Erros: `AtoRecusado`."""
    if len(motivo.strip()) < MOTIVO_MINIMO:
        raise AtoRecusado("Diga por que não se manda: fica na história.", campo="motivo")
    atual = _a_decidir(comunicacao)
    atual.motivo = motivo.strip()
    _decidir(atual, Estado.DESCARTADA, por=por, em=em)
    registrar(ato="monitoramento.descartar", objeto=atual, por=por, em=em, motivo=motivo.strip())
    return atual


@transaction.atomic
def entregar(*, comunicacao_id: UUID, destinatarios: list[int], por: Ator, em: datetime, hoje: date) -> int:
    """Manda a um lote. Repetir é seguro: quem já recebeu por esta causa não recebe outra vez. Devolve a quantos foi."""
    a_mandar = list(comunicados.a_mandar(comunicacao_id, destinatarios))
    if not a_mandar:
        return 0
    comunicacao = a_mandar[0].comunicacao
    opcao = comunicados.opcao_de(comunicacao, hoje=hoje)
    faltas = comunicados.faltas(opcao, hoje=hoje, onde=comunicacao.abrangencia) if opcao is not None else {}
    quantos = 0
    for destinatario in a_mandar:
        municipio = destinatario.abrangencia
        if opcao is None or municipio not in faltas:
            continue  # entregou entre a decisão e a vez dele na fila
        email = "" if destinatario.pessoa_id else comunicados.email_do_orgao(municipio)
        if destinatario.pessoa_id is None and not email:
            continue
        aviso = avisar(
            modelo=comunicados.modelo_de(comunicacao.especie).codigo,
            causa=comunicados.causa(comunicacao, municipio),
            pessoa_id=destinatario.pessoa_id,
            email=email,
            dados=comunicados.dados_do_aviso(
                comunicacao, faltas[municipio], opcao=opcao, municipio=municipio, hoje=hoje
            ),
            endereco=f"/monitoramento/{municipio}/",
            por=por,
            em=em,
        )
        destinatario.aviso = aviso.pk
        destinatario.save(update_fields=["aviso"])
        quantos += 1
    registrar(ato="monitoramento.entregar", objeto=comunicacao, por=por, em=em, dados={"quantos": quantos})
    return quantos


@transaction.atomic
def informar_entrega(*, devida: Fora, dia: date, protocolo: str, por: Ator, em: datetime, hoje: date) -> UUID:
    """Diz que se entregou no sistema federal, com o dia e o protocolo; devolve a chave. Erros: `AtoRecusado`."""
    janela = devida.opcao.achada.janela
    if not protocolo.strip():
        raise AtoRecusado("Diga o protocolo, ou o que comprova a entrega.", campo="protocolo")
    if dia > hoje:
        raise AtoRecusado(f"{dia:%d/%m/%Y} ainda não chegou: informe a entrega depois de feita.", campo="dia")
    comeca = janela.abre or janela.periodo.primeiro.desde
    if dia < comeca:
        raise AtoRecusado(f"{dia:%d/%m/%Y} é antes de {comeca:%d/%m/%Y}, quando começa: confira o dia.", campo="dia")
    antes = list(historia(janela, devida.devedor).select_for_update(of=("self",)))
    if de_pe := next((e for e in antes if e.retirada is None), None):
        raise AtoRecusado(f"Já se informou a entrega de {de_pe.dia:%d/%m/%Y}. Se está errada, retire-a primeiro.")
    devolvida = max((e.retirada for e in antes if e.retirada is not None and not e.engano), default=None)
    if devolvida is not None and dia < devolvida:
        raise AtoRecusado(
            f"A entrega anterior foi devolvida em {devolvida:%d/%m/%Y}: a nova é desse dia em diante.", campo="dia"
        )
    nova = entregas.entregar(
        **_da_janela(devida), dia=dia, protocolo=protocolo.strip(), informada_por=por.pessoa.pk if por.pessoa else None
    )
    registrar(ato="monitoramento.informar", objeto=nova, por=por, em=em, dados={"dia": dia.isoformat()})
    return nova.pk


@transaction.atomic
def retirar_entrega(
    *, devida: Fora, engano: bool, dia: date | None, motivo: str, por: Ator, em: datetime, hoje: date
) -> UUID:
    """A entrega informada deixa de valer: por engano, nunca valeu; devolvida, no dia. Erros: `AtoRecusado`."""
    if len(motivo.strip()) < MOTIVO_MINIMO:
        raise AtoRecusado("Diga por que se retira: fica na história da entrega.", campo="motivo")
    todas = historia(devida.opcao.achada.janela, devida.devedor)
    atual = todas.filter(retirada__isnull=True).select_for_update(of=("self",)).first()
    if atual is None:
        raise AtoRecusado("Não há entrega informada a retirar: já se retirou, ou ninguém informou.")
    quando = dia or hoje
    if not engano and not atual.dia <= quando <= hoje:
        raise AtoRecusado(f"Diga um dia entre a entrega, {atual.dia:%d/%m/%Y}, e hoje.", campo="dia")
    entregas.retirar(**_da_janela(devida), dia=quando, por_que=motivo.strip(), engano=engano)
    registrar(
        ato="monitoramento.retirar", objeto=atual, por=por, em=em, motivo=motivo.strip(), dados={"engano": engano}
    )
    return atual.pk


def _da_janela(devida: Fora) -> dict[str, Any]:
    janela = devida.opcao.achada.janela
    return {
        "sistema": janela.sistema,
        "etapa": janela.etapa,
        "periodo": str(janela.periodo),
        "devedor": devida.devedor,
    }


def _a_decidir(comunicacao: Comunicacao) -> Comunicacao:
    atual = Comunicacao.objects.select_for_update(of=("self",)).get(pk=comunicacao.pk)
    if atual.estado != Estado.PROPOSTA:
        raise AtoRecusado(f"Esta comunicação já foi {atual.get_estado_display()}.")
    return atual


def _decidir(comunicacao: Comunicacao, estado: str, *, por: Ator, em: datetime) -> None:
    comunicacao.estado, comunicacao.decidida_em, comunicacao.papel = estado, em, por.papel.nome
    comunicacao.decidida_por_id = por.pessoa.pk if por.pessoa else None
    comunicacao.save()
