"""A vida de uma mensagem de correio: nasce, é tomada por quem a envia, e guarda o que o servidor respondeu."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction

from suas.nucleo.avisos import consultas, correio, saida
from suas.nucleo.avisos.correio import Resultado
from suas.nucleo.avisos.models import RETIRADO, Estado, Mensagem
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

#: Espera, em minutos, depois de cada tentativa que não deu certo; acabou a lista, acabaram as tentativas.
ESPERAS = (1, 5, 15, 60, 120, 240, 480, 960)
#: Quantas vezes se manda de novo o que pode já ter chegado.
MAXIMO_DE_INCERTAS = 3
#: Passado isto, quem a enviava caiu.
PACIENCIA = timedelta(minutes=10)
SEM_SERVIDOR = "Esta instalação não tem servidor de correio: a mensagem se lê aqui."


def criar(
    *, titular: UUID, pessoa_id: UUID | None, email: str, assunto: str, corpo: str, reservada: bool,
    nao_antes_de: datetime, em: datetime,
) -> Mensagem:  # fmt: skip
    """Grava a mensagem e a põe na fila; sem servidor de correio, ela fica guardada."""
    devolvido = consultas.devolvido(email)
    estado, resposta, sai = Estado.NA_FILA, "", True
    if devolvido:
        estado, resposta, sai = Estado.SUPRIMIDA, f"O correio não chega a este endereço: {devolvido.motivo}", False
    elif correio.servidor() is None:
        estado, resposta, sai = Estado.GUARDADA, SEM_SERVIDOR, False
    elif nao_antes_de > em:
        resposta = "Espera o fim das horas de silêncio de quem recebe."
    agora_mesmo = sai and nao_antes_de <= em
    mensagem = Mensagem.objects.create(
        titular=titular,
        pessoa_id=pessoa_id,
        email=email,
        assunto=" ".join(assunto.split())[:200],
        corpo=corpo,
        reservada=reservada,
        estado=estado,
        resposta=resposta,
        nao_antes_de=nao_antes_de if sai else None,
        enfileirada_em=em if agora_mesmo else None,
        criada_em=em,
    )
    if agora_mesmo:
        saida.enfileirar(mensagem.pk)
    return mensagem


def suprimir(*, titular: UUID, pessoa_id: UUID, email: str, assunto: str, corpo: str, em: datetime) -> Mensagem:
    """Guarda, com o motivo, a mensagem que não vai por correio porque a pessoa prefere ver só no sistema."""
    return Mensagem.objects.create(
        titular=titular,
        pessoa_id=pessoa_id,
        email=email,
        assunto=assunto[:200],
        corpo=corpo,
        estado=Estado.SUPRIMIDA,
        resposta="Quem recebe escolheu ver este tipo de aviso só no sistema.",
        criada_em=em,
    )


def tomar(mensagem_id: UUID, *, em: datetime) -> Mensagem | None:
    """Toma a mensagem para enviá-la agora; nada, se outro a tomou, se já saiu ou se ainda não é hora."""
    tomadas = Mensagem.objects.filter(
        pk=mensagem_id, estado__in=consultas.A_ENVIAR, nao_antes_de__lte=em
    ).update(estado=Estado.ENVIANDO, tentada_em=em)  # fmt: skip
    return Mensagem.objects.get(pk=mensagem_id) if tomadas else None


@transaction.atomic
def concluir(mensagem_id: UUID, resultado: Resultado, *, em: datetime) -> Mensagem:
    """Guarda o que o servidor respondeu e, se couber, marca a próxima tentativa."""
    mensagem = Mensagem.objects.select_for_update().get(pk=mensagem_id)
    mensagem.tentativas += 1
    mensagem.resposta = resultado.resposta
    mensagem.nao_antes_de = None
    if resultado.situacao == "aceita":
        mensagem.estado, mensagem.enviada_em = Estado.ENVIADA, em
        if mensagem.reservada:
            mensagem.corpo = mensagem.corpo_sem_enderecos
    elif resultado.situacao == "recusada":
        mensagem.estado = Estado.RECUSADA
    elif resultado.situacao == "incerta":
        mensagem.estado, mensagem.talvez_repetida = Estado.INCERTA, True
        if mensagem.tentativas < MAXIMO_DE_INCERTAS:
            mensagem.nao_antes_de = _proxima(mensagem, em=em)
    else:
        mensagem.nao_antes_de = _proxima(mensagem, em=em)
        mensagem.estado = Estado.INCERTA if mensagem.talvez_repetida else Estado.NA_FILA
        if mensagem.nao_antes_de is None and not mensagem.talvez_repetida:
            mensagem.estado = Estado.RECUSADA
            mensagem.resposta += f" Foram {mensagem.tentativas} tentativas; não se tenta mais sozinha."
    mensagem.save()
    return mensagem


def retomar_interrompidas(*, em: datetime) -> int:
    """As que alguém enviava quando caiu: não se sabe se chegaram, e serão tentadas outra vez."""
    caidas = Mensagem.objects.filter(estado=Estado.ENVIANDO, tentada_em__lt=em - PACIENCIA)
    paradas = list(caidas.values_list("pk", flat=True))
    motivo = "O envio foi interrompido no meio e não se sabe se a mensagem chegou."
    for mensagem_id in paradas:
        concluir(mensagem_id, Resultado(situacao="incerta", resposta=motivo), em=em)
    return len(paradas)


def enfileirar_vencidas(*, em: datetime) -> int:
    """Põe na fila as que já podem sair e lá não estão; devolve quantas."""
    vencidas = list(
        consultas.mensagens_a_enfileirar(em=em, repetir_antes_de=em - 2 * PACIENCIA).values_list("pk", flat=True)
    )
    Mensagem.objects.filter(pk__in=vencidas).update(enfileirada_em=em)
    for mensagem_id in vencidas:
        saida.enfileirar(mensagem_id)
    return len(vencidas)


@transaction.atomic
def enviar_de_novo(*, mensagem: Mensagem, por: Ator, em: datetime) -> Mensagem:
    """Quem cuida do correio manda de novo o que não saiu ou não se sabe se chegou."""
    atual = Mensagem.objects.select_for_update().get(pk=mensagem.pk)
    if not atual.pode_ir_de_novo:
        raise AtoRecusado(f"Esta mensagem está {atual.get_estado_display()}: não se manda de novo agora.")
    if correio.servidor() is None:
        raise AtoRecusado("Não há servidor de correio nesta instalação: ajuste REDESUAS_SMTP e tente de novo.")
    if consultas.devolvido(atual.email):
        raise AtoRecusado("O correio não chega a este endereço. Corrija o e-mail da pessoa ou libere o endereço antes.")
    if RETIRADO in atual.corpo:
        raise AtoRecusado("O endereço reservado desta mensagem já foi retirado: peça a quem a causou que faça outra.")
    atual.estado, atual.tentativas, atual.nao_antes_de, atual.enfileirada_em = Estado.NA_FILA, 0, em, em
    atual.save()
    saida.enfileirar(atual.pk)
    registrar(ato="avisos.enviar_de_novo", objeto=atual, por=por, em=em)
    return atual


def _proxima(mensagem: Mensagem, *, em: datetime) -> datetime | None:
    if mensagem.tentativas > len(ESPERAS):
        return None
    return em + timedelta(minutes=ESPERAS[mensagem.tentativas - 1])


@transaction.atomic
def revelar(*, mensagem: Mensagem, motivo: str, por: Ator, em: datetime) -> None:
    """Mostra a quem cuida do correio o endereço reservado do que não tem como sair; a pessoa fica sabendo.

    Só onde não há servidor de correio: é o único jeito de o convite ou a senha chegarem a quem os espera.
    """
    if mensagem.estado != Estado.GUARDADA:
        raise AtoRecusado(f"Esta mensagem está {mensagem.get_estado_display()}: o endereço só serve a quem a recebe.")
    registrar(ato="avisos.revelar", objeto=mensagem, por=por, em=em, motivo=motivo)


@transaction.atomic
def receber_pronta(*, email: str, assunto: str, corpo: str, em: datetime) -> Mensagem:
    """Grava uma mensagem escrita fora daqui; vai na hora, e os endereços que leva se apagam depois do envio."""
    pessoa = get_user_model().objects.filter(email__iexact=email.strip()).first()
    pessoa_id = pessoa.pk if pessoa else None
    return criar(
        titular=consultas.destinatario(pessoa_id=pessoa_id, email=email),
        pessoa_id=pessoa_id,
        email=email,
        assunto=assunto,
        corpo=corpo,
        reservada=True,
        nao_antes_de=em,
        em=em,
    )
