"""A cifra do que uma planilha traz enquanto espera: o arquivo, as correções e a prévia.

A chave é a mestra da instalação, a mesma que guarda as da trilha; o que se cifra fica preso à importação e ao campo.
"""

from __future__ import annotations

import os
import zlib
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from suas.nucleo.trilha import cifra

_NOME = 16
_NONCE = 12


class NaoAbre(Exception):
    """O que se guardou não se lê: a chave da instalação é outra."""


def fechar(claro: bytes, *, de: UUID, campo: str) -> bytes:
    """Cifra com a chave em uso; vazio fica vazio."""
    if not claro:
        return b""
    nome, nonce = cifra.mestra_atual(), os.urandom(_NONCE)
    fechado = AESGCM(cifra.mestras()[nome]).encrypt(nonce, zlib.compress(claro, 1), _preso(de, campo))
    return nome.encode("ascii") + nonce + fechado


def abrir(cifrado: bytes | memoryview, *, de: UUID, campo: str) -> bytes:
    """O contrário de `fechar`. Erros: `NaoAbre` sem a chave com que foi cifrado."""
    dados = bytes(cifrado)
    if not dados:
        return b""
    chave = cifra.mestras().get(dados[:_NOME].decode("ascii", "replace"))
    if chave is None:
        raise NaoAbre("A planilha foi guardada com uma chave que esta instalação já não tem. Envie o arquivo de novo.")
    try:
        corpo = AESGCM(chave).decrypt(dados[_NOME : _NOME + _NONCE], dados[_NOME + _NONCE :], _preso(de, campo))
    except InvalidTag as erro:
        raise NaoAbre("A planilha guardada não confere com o que foi enviado. Envie o arquivo de novo.") from erro
    return zlib.decompress(corpo)


def _preso(de: UUID, campo: str) -> bytes:
    return f"importacoes|{de}|{campo}".encode()
