"""O e-mail de nova senha, escrito fora do pedido: quem espera a resposta não descobre se a conta existe."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urljoin

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from suas.nucleo.entrada.acoes import senhas
from suas.nucleo.fila.declarada import task
from suas.nucleo.fila.execucao import Execucao
from suas.nucleo.identidade import consultas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO

ASSUNTO = "Nova senha na Rede SUAS"
CORPO = """{nome},

Alguém pediu uma nova senha para a sua entrada na Rede SUAS ({orgao}).

Se foi você, abra este endereço nos próximos {minutos} minutos e escolha a senha:

{endereco}

O endereço vale uma vez. Se não foi você, não precisa fazer nada: a senha de hoje continua valendo.
"""


@task(takes_context=True, longa=True, titulo="Endereço de nova senha")
def enviar_redefinicao(context: Execucao, email: str, inicio: str, em: str) -> None:
    """Manda o endereço de nova senha a quem pode entrar; conta que não existe ou não entra não recebe nada.

    Longa: não segura o banco enquanto fala com o servidor de correio. Ao menos uma vez; o ato, uma vez só.
    """
    pessoa = consultas.pessoa_do_email(email)
    if pessoa is None or not consultas.pode_entrar(pessoa):
        return
    codigo = PASSWORD_RESET_TOKEN_GENERATOR().make_token(pessoa)
    caminho = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(pessoa), "key": codigo})
    atual = consultas.instalacao()
    corpo = CORPO.format(
        nome=pessoa.nome,
        orgao=atual.orgao if atual else "instalação",
        minutos=settings.PASSWORD_RESET_TIMEOUT // 60,
        endereco=urljoin(inicio, caminho),
    )
    send_mail(ASSUNTO, corpo, None, [pessoa.email])
    with context.concluir():
        senhas.pedir_redefinicao(pessoa=pessoa, por=ATOR_PUBLICO, em=datetime.fromisoformat(em))
