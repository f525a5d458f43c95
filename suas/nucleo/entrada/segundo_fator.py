"""Como o allauth guarda e mostra o segundo fator: segredo cifrado e código de barras sem recurso de fora."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache

from suas.nucleo.entrada import cifra
from suas.nucleo.identidade import consultas

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa

SEGUNDOS_EM_QUE_SERVE = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)


def gastar(pessoa: Pessoa, codigo: str) -> bool:
    """O código certo serve uma vez: falso, se já serviu.

    O allauth o esquece em meio minuto, mas a tolerância do relógio o mantém certo por mais dois períodos.
    """
    visto = hashlib.sha256(f"{pessoa.pk}:{normalize_user_code(codigo)}".encode()).hexdigest()
    return bool(cache.add(f"entrada:codigo:{visto}", True, timeout=SEGUNDOS_EM_QUE_SERVE))


class AdaptadorDoSegundoFator(DefaultMFAAdapter):  # type: ignore[misc]  # o allauth não tem tipos
    """Cifra o segredo no banco e diz de que instalação é, no aplicativo da pessoa."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": (
            "Não é o código de agora. Ele muda a cada 30 segundos: confira o relógio do aparelho e digite o que ele "
            "mostra."
        ),
    }

    def encrypt(self, text: str) -> str:
        return cifra.cifrar(text)

    def decrypt(self, encrypted_text: str) -> str:
        return cifra.decifrar(encrypted_text)

    def get_totp_issuer(self) -> str:
        atual = consultas.instalacao()
        return f"Rede SUAS {atual.orgao}" if atual else "Rede SUAS"

    def build_totp_svg(self, url: str) -> str:
        """O código de barras como um desenho só, que cresce com a tela e se lê impresso."""
        import qrcode  # pesa na subida e só esta tela usa

        codigo = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
        codigo.add_data(url)
        codigo.make(fit=True)
        matriz = codigo.get_matrix()
        tracos = "".join(
            f"M{coluna} {linha}h1v1h-1z"
            for linha, pontos in enumerate(matriz)
            for coluna, cheio in enumerate(pontos)
            if cheio
        )
        lado = len(matriz)
        return (
            f'<svg class="codigo-de-barras" viewBox="0 0 {lado} {lado}" role="img" '
            'aria-label="Código a ler com o aplicativo; a mesma chave está escrita ao lado">'
            f'<rect width="{lado}" height="{lado}" fill="#fff"></rect><path d="{tracos}" fill="#000"></path></svg>'
        )

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return str(user.email)  # type: ignore[attr-defined]
