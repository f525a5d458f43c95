"""Cifra do que a entrada guarda e só ela lê de volta: o segredo do segundo fator.

A chave deriva de `SECRET_KEY` por HKDF. Na troca da chave secreta, as anteriores ficam em `SECRET_KEY_FALLBACKS` e
ainda decifram; `acoes.segundo_fator.recifrar_segredos` passa tudo à nova.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PARA_QUE = b"redesuas/entrada/segundo-fator/1"


class ChavePerdida(Exception):
    """Nenhuma das chaves secretas em uso decifra o que foi guardado."""


def cifrar(texto: str) -> str:
    """Cifra com a chave em uso."""
    return _cifrador().encrypt(texto.encode()).decode("ascii")


def decifrar(cifrado: str) -> str:
    """Decifra com a chave em uso ou uma anterior; nenhuma serve, levanta `ChavePerdida`."""
    try:
        return _cifrador().decrypt(cifrado.encode("ascii")).decode()
    except InvalidToken as erro:
        raise ChavePerdida("Falta a chave secreta com que o segundo fator foi cifrado.") from erro


def recifrar(cifrado: str) -> str:
    """O mesmo segredo, cifrado com a chave em uso."""
    return cifrar(decifrar(cifrado))


def _cifrador() -> MultiFernet:
    return _de_chaves((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=8)
def _de_chaves(chaves: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derivar(chave)) for chave in chaves])


def _derivar(chave: str) -> bytes:
    derivada = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_PARA_QUE).derive(chave.encode())
    return base64.urlsafe_b64encode(derivada)
