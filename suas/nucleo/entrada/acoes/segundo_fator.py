"""Ativar, retirar e refazer o segundo fator; o de outra pessoa, só quem a nomeia e com motivo."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model
from django.db import transaction

from suas.nucleo.entrada import cifra
from suas.nucleo.entrada.recados import contar_mudanca
from suas.nucleo.identidade.acoes.sessoes import encerrar_sessoes
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa

#: Onde o allauth guarda, em cada tipo, o que está cifrado.
_CIFRADO = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


@transaction.atomic
def ativar_segundo_fator(*, pessoa: Pessoa, segredo: str, sessao_atual: str, por: Ator, em: datetime) -> None:
    """Guarda o segredo já conferido, cria os códigos de recuperação e termina as outras sessões."""
    _travar(pessoa)
    if Authenticator.objects.filter(user_id=pessoa.pk, type=Authenticator.Type.TOTP).exists():
        raise AtoRecusado("O segundo fator já está ativo. Para trocar de aparelho, retire-o e ative de novo.")
    TOTP.activate(pessoa, segredo)
    RecoveryCodes.activate(pessoa)
    encerrar_sessoes(pessoa=pessoa, motivo="Segundo fator ativado", por=por, em=em, menos=sessao_atual)
    contar_mudanca(pessoa=pessoa, mudanca="o segundo fator foi ativado", por=por, em=em)
    registrar(ato="entrada.ativar_segundo_fator", objeto=pessoa, por=por, em=em)


@transaction.atomic
def retirar_segundo_fator(*, pessoa: Pessoa, por: Ator, em: datetime, motivo: str = "", sessao_atual: str = "") -> None:
    """Retira o aplicativo e os códigos. De outra pessoa, `motivo` é obrigatório e todas as sessões dela terminam."""
    proprio = por.pessoa is not None and por.pessoa.pk == pessoa.pk
    if not proprio and not motivo.strip():
        raise AtoRecusado("Diga por que o segundo fator é retirado, como “perdeu o aparelho, conferido em pessoa”.")
    apagados, _ = Authenticator.objects.filter(user_id=pessoa.pk).delete()
    if not apagados:
        raise AtoRecusado("Não há segundo fator a retirar.")
    encerrar_sessoes(
        pessoa=pessoa, motivo="Segundo fator retirado", por=por, em=em, menos=sessao_atual if proprio else ""
    )
    contar_mudanca(pessoa=pessoa, mudanca="o segundo fator foi retirado", por=por, em=em)
    registrar(ato="entrada.retirar_segundo_fator", objeto=pessoa, por=por, em=em, motivo=motivo.strip())


@transaction.atomic
def refazer_codigos(*, pessoa: Pessoa, por: Ator, em: datetime) -> None:
    """Troca os códigos de recuperação: os anteriores deixam de valer."""
    _travar(pessoa)
    if not Authenticator.objects.filter(user_id=pessoa.pk, type=Authenticator.Type.TOTP).exists():
        raise AtoRecusado("Ative o segundo fator antes: os códigos são para quando o aparelho falta.")
    Authenticator.objects.filter(user_id=pessoa.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(pessoa)
    contar_mudanca(pessoa=pessoa, mudanca="os códigos de recuperação foram refeitos", por=por, em=em)
    registrar(ato="entrada.refazer_codigos", objeto=pessoa, por=por, em=em)


@transaction.atomic
def recifrar_segredos(*, por: Ator, em: datetime) -> int:
    """Passa todo segredo guardado à chave secreta em uso; depois, as anteriores podem ser esquecidas."""
    guardados = Authenticator.objects.select_for_update().filter(type__in=_CIFRADO)
    for guardado in guardados:
        campo = _CIFRADO[Authenticator.Type(guardado.type)]
        guardado.data[campo] = cifra.recifrar(guardado.data[campo])
        guardado.save(update_fields=["data"])
        registrar(ato="entrada.recifrar_segredo", objeto=guardado, por=por, em=em)
    return len(guardados)


def _travar(pessoa: Pessoa) -> None:
    """Um pedido de cada vez por pessoa, para que dois não criem dois segundos fatores."""
    get_user_model().objects.select_for_update().get(pk=pessoa.pk)
