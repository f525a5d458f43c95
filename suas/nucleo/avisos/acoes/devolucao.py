"""O endereço a que o correio não chega: a mensagem fica devolvida, o endereço espera e a pessoa fica sabendo."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from suas.nucleo.avisos.acoes.emissao import avisar
from suas.nucleo.avisos.devolucoes import Devolucao
from suas.nucleo.avisos.modelos import ENDERECO_DEVOLVIDO
from suas.nucleo.avisos.models import EnderecoDevolvido, Estado, Mensagem
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def receber(*, devolucao: Devolucao, por: Ator, em: datetime) -> Mensagem:
    """Marca a mensagem como devolvida e, se a falha é do endereço, deixa de enviar a ele. Só demora não muda nada."""
    mensagem = Mensagem.objects.select_for_update().filter(pk=devolucao.mensagem_id).first()
    if mensagem is None:
        raise AtoRecusado("A mensagem devolvida já não está guardada nesta instalação.")
    if not devolucao.falhou or mensagem.estado == Estado.DEVOLVIDA:
        return mensagem
    mensagem.estado, mensagem.nao_antes_de = Estado.DEVOLVIDA, None
    mensagem.resposta = f"Devolvida: {devolucao.motivo}"
    mensagem.save(update_fields=["estado", "nao_antes_de", "resposta"])
    registrar(ato="avisos.receber_devolucao", objeto=mensagem, por=por, em=em)
    if devolucao.do_endereco:
        suspender(mensagem=mensagem, motivo=devolucao.motivo, por=por, em=em)
    return mensagem


@transaction.atomic
def suspender(*, mensagem: Mensagem, motivo: str, por: Ator, em: datetime) -> EnderecoDevolvido:
    """Deixa de enviar ao endereço da mensagem e avisa a pessoa, que o vê no sistema."""
    devolvido, novo = EnderecoDevolvido.objects.get_or_create(
        email=mensagem.email.strip().lower(), defaults={"titular": mensagem.titular, "motivo": motivo, "desde": em}
    )
    if not novo:
        return devolvido
    registrar(ato="avisos.suspender_endereco", objeto=devolvido, por=por, em=em)
    if mensagem.pessoa_id:
        avisar(
            modelo=ENDERECO_DEVOLVIDO.codigo,
            causa=f"endereco:{devolvido.pk}",
            pessoa_id=mensagem.pessoa_id,
            dados={"endereco": mensagem.email, "motivo": motivo},
            endereco=reverse("avisos-preferencias"),
            por=por,
            em=em,
        )
    return devolvido
