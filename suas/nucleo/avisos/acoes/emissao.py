"""Avisar: uma vez por causa, no sistema e, conforme a preferência de quem recebe, por correio."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse

from suas.nucleo import tranca
from suas.nucleo.avisos import consultas, correio, modelos
from suas.nucleo.avisos.acoes import mensagens
from suas.nucleo.avisos.models import Aviso, Forma, Mensagem
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela import instalacao
from suas.nucleo.trilha.acoes import registrar


@tranca.como_sistema()  # quem recebe o aviso não é quem age
@transaction.atomic
def avisar(
    *,
    modelo: str,
    causa: str,
    pessoa_id: UUID | None,
    email: str = "",
    dados: Mapping[str, str],
    endereco: str = "",
    por: Ator,
    em: datetime,
) -> Aviso:
    """Avisa uma pessoa, ou um e-mail sem conta. O mesmo modelo, causa e destinatário devolve o aviso que já existe.

    `causa` identifica o que houve (“convite:<id>”); `dados` tem um valor para cada campo do modelo; `endereco` é o
    caminho, nesta instalação, onde se vê ou se resolve. ValueError: falta campo, destinatário, ou o caminho é de fora.
    """
    qual = modelos.obter(modelo)
    if set(dados) != set(qual.campos):
        raise ValueError(f"{modelo}: os dados precisam ser exatamente {sorted(qual.campos)}.")
    if endereco and (not endereco.startswith("/") or endereco.startswith("//")):
        raise ValueError(f"{modelo}: o endereço é um caminho desta instalação, como /avisos/.")
    if pessoa_id is not None:
        email = get_user_model().objects.values_list("email", flat=True).get(pk=pessoa_id)
    elif not email:
        raise ValueError(f"{modelo}: diga a pessoa ou o e-mail.")
    destinatario = consultas.destinatario(pessoa_id=pessoa_id, email=email)
    assunto, corpo = consultas.texto_em_vigor(qual)
    texto = modelos.preencher(corpo, dados)
    forma = consultas.forma_escolhida(modelo=qual, pessoa_id=pessoa_id)
    aviso, novo = Aviso.objects.get_or_create(
        modelo=modelo,
        causa=causa,
        destinatario=destinatario,
        defaults={
            "pessoa_id": pessoa_id,
            "titulo": modelos.preencher(assunto, dados)[:200],
            "texto": texto,
            # sem conta não há onde abrir pelo sistema: o endereço reservado fica só na mensagem
            "endereco": endereco if pessoa_id else "",
            "forma": forma,
            "criado_em": em,
        },
    )
    if not novo:
        return aviso
    aviso.mensagem = _mensagem(aviso, modelo=qual, email=email, endereco=endereco, em=em)
    aviso.save(update_fields=["mensagem"])
    registrar(ato="avisos.avisar", objeto=aviso, por=por, em=em, dados={"modelo": modelo})
    return aviso


def _mensagem(
    aviso: Aviso, *, modelo: modelos.Modelo, email: str, endereco: str, em: datetime
) -> Mensagem | None:  # fmt: skip
    """A mensagem que leva o aviso, ou nada quando ele espera pelo resumo do dia."""
    if aviso.forma == Forma.RESUMO:
        return None
    corpo = corpo_da_mensagem(texto=aviso.texto, endereco=endereco, obrigatorio=modelo.obrigatorio)
    if aviso.forma == Forma.SO_PRODUTO and aviso.pessoa_id:
        return mensagens.suprimir(
            titular=aviso.destinatario, pessoa_id=aviso.pessoa_id, email=email, assunto=aviso.titulo, corpo=corpo, em=em
        )
    silencio = consultas.horas_de_silencio(aviso.pessoa_id)
    return mensagens.criar(
        titular=aviso.destinatario,
        pessoa_id=aviso.pessoa_id,
        email=email,
        assunto=aviso.titulo,
        corpo=corpo,
        reservada=modelo.reservado,
        nao_antes_de=em if modelo.obrigatorio else silencio.sai_em(em),
        em=em,
    )


def corpo_da_mensagem(*, texto: str, endereco: str, obrigatorio: bool) -> str:
    """O texto com o endereço em que se abre e, no pé, quem manda e como mudar o que se recebe."""
    pe = f"{instalacao.atual().orgao}\n"
    if obrigatorio:
        pe += "Esta mensagem é necessária ao seu acesso e é enviada sempre."
    else:
        pe += f"Para escolher o que recebe e em que horas: {correio.endereco_no_site(reverse('avisos-preferencias'))}"
    abrir = f"\n\nAbra: {correio.endereco_no_site(endereco)}" if endereco else ""
    return f"{texto}{abrir}\n\n-- \n{pe}\n"
