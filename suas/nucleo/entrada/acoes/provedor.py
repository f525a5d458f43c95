"""Ligar e desligar a conta do provedor a uma pessoa que já existe. O CPF fica só na conta do allauth."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from suas.nucleo.entrada.recados import contar_mudanca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa

PROVEDOR = "oidc"


@transaction.atomic
def ligar_provedor(*, pessoa: Pessoa, sujeito: str, nivel: str, por: Ator, em: datetime) -> None:
    """Liga a conta do provedor à pessoa. Uma conta é de uma pessoa só, e uma pessoa tem uma."""
    existente = SocialAccount.objects.select_for_update().filter(provider=PROVEDOR, uid=sujeito).first()
    if existente is not None and existente.user_id != pessoa.pk:
        raise AtoRecusado(
            "Esta conta já entra por outra pessoa daqui. Se as duas são você, peça ajuda a quem o nomeou."
        )
    if existente is not None:
        return
    if SocialAccount.objects.filter(user_id=pessoa.pk).exists():
        raise AtoRecusado("A sua entrada já está ligada a outra conta. Desligue-a antes de ligar esta.")
    SocialAccount.objects.create(user_id=pessoa.pk, provider=PROVEDOR, uid=sujeito, extra_data={})
    contar_mudanca(pessoa=pessoa, mudanca="uma conta do provedor de identidade foi ligada", por=por, em=em)
    registrar(ato="entrada.ligar_provedor", objeto=pessoa, por=por, em=em, dados={"nivel": nivel})


@transaction.atomic
def desligar_provedor(*, pessoa: Pessoa, por: Ator, em: datetime) -> None:
    """Desliga a conta do provedor; quem não tem senha a cria antes, para não ficar sem entrada."""
    if not pessoa.has_usable_password():
        raise AtoRecusado("Crie uma senha antes: sem ela e sem o provedor, você não teria como entrar.")
    apagadas, _ = SocialAccount.objects.filter(user_id=pessoa.pk).delete()
    if not apagadas:
        raise AtoRecusado("Não há conta ligada.")
    contar_mudanca(pessoa=pessoa, mudanca="a conta do provedor de identidade foi desligada", por=por, em=em)
    registrar(ato="entrada.desligar_provedor", objeto=pessoa, por=por, em=em)
