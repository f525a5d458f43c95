"""O correio do Django (o da entrada, por exemplo) passa pelo nosso: mesma fila, mesmos estados, mesma página."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from suas.nucleo.avisos.acoes import mensagens


class NossoCorreio(BaseEmailBackend):
    """Grava cada mensagem, na hora e como reservada: o que chega por aqui leva endereço que só serve a quem recebe."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        agora = timezone.now()
        for mensagem in email_messages:
            for email in mensagem.recipients():
                mensagens.receber_pronta(email=email, assunto=str(mensagem.subject), corpo=str(mensagem.body), em=agora)
        return len(email_messages)
