"""Ler uma devolução do correio (RFC 3464): de que mensagem é, o que houve e se o endereço deixou de existir."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from uuid import UUID

from suas.nucleo.avisos import correio

#: Falhas que são do endereço, e não da mensagem nem da hora (RFC 3463): não existe, desativado, domínio sem correio.
_DO_ENDERECO = re.compile(r"5\.(0\.0|1\.\d+|2\.1|4\.4)")
_CABECALHOS_DO_RETORNO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
MAIOR = 5 * 1024 * 1024
#: Uma devolução tem o texto, o estado e a original: com a original cheia de anexos, ainda sobra.
MAIS_PARTES = 200


class NaoEDevolucao(ValueError):
    """O que veio não é uma devolução que se reconheça; a mensagem diz por quê."""


@dataclass(frozen=True, kw_only=True)
class Devolucao:
    """O que uma devolução diz. `falhou`: não é só demora; `do_endereco`: não adianta mandar outras."""

    mensagem_id: UUID
    falhou: bool
    do_endereco: bool
    motivo: str


def ler(cru: bytes) -> Devolucao:
    """Lê a devolução; `NaoEDevolucao` se não é uma, ou se não é de mensagem desta instalação."""
    if len(cru) > MAIOR:
        raise NaoEDevolucao("a mensagem passa de 5 MB: não é uma devolução.")
    try:
        lida = message_from_bytes(cru, policy=policy.compat32)
        partes = sum(1 for _ in lida.walk())
    except RecursionError as erro:
        raise NaoEDevolucao("a mensagem tem partes dentro de partes demais: não é uma devolução.") from erro
    if partes > MAIS_PARTES:
        raise NaoEDevolucao("a mensagem tem partes demais: não é uma devolução.")
    destinatarios = list(_por_destinatario(lida))
    if not destinatarios:
        raise NaoEDevolucao("a mensagem não traz o estado da entrega (message/delivery-status).")
    mensagem_id = _de_que_mensagem(lida)
    if mensagem_id is None:
        raise NaoEDevolucao("a devolução não é de uma mensagem enviada por esta instalação.")
    falhas = [d for d in destinatarios if d.get("Action", "").strip().lower() == "failed"]
    escolhido = (falhas or destinatarios)[0]
    estado = escolhido.get("Status", "").strip()
    explicacao = " ".join(str(escolhido.get("Diagnostic-Code", "")).split())[:300]
    return Devolucao(
        mensagem_id=mensagem_id,
        falhou=bool(falhas),
        do_endereco=bool(falhas) and bool(_DO_ENDERECO.match(estado)),
        motivo=" ".join(parte for parte in (estado, explicacao) if parte) or "sem explicação do servidor",
    )


def _por_destinatario(lida: Message) -> Iterator[Message]:
    """As partes do estado da entrega que falam de um destinatário."""
    for parte in lida.walk():
        if parte.get_content_type() == "message/delivery-status" and parte.is_multipart():
            partes = parte.get_payload()
            assert isinstance(partes, list)
            yield from (bloco for bloco in partes if isinstance(bloco, Message) and "Action" in bloco)


def _de_que_mensagem(lida: Message) -> UUID | None:
    """Pelo endereço de retorno; se o servidor o trocou, pelo Message-ID da original que veio junto."""
    for nome in _CABECALHOS_DO_RETORNO:
        for valor in lida.get_all(nome, []):
            if achada := correio.mensagem_do_retorno(str(valor)):
                return achada
    for parte in lida.walk():
        tipo = parte.get_content_type()
        if tipo == "text/rfc822-headers":
            texto = parte.get_payload(decode=True)
            original = message_from_bytes(texto) if isinstance(texto, bytes) else None
            numero = str(original.get("Message-ID", "")) if original else ""
        else:
            numero = str(parte.get("Message-ID", "")) if parte is not lida else ""
        if numero and (achada := correio.mensagem_do_identificador(numero)):
            return achada
    return None
