"""A cifra do dado pessoal na trilha: AES-256-GCM, uma chave por titular, cifrada pela chave-mestra da instalação.

A chave-mestra é derivada do segredo da instalação (REDESUAS_CHAVE). Na troca do segredo, o anterior fica em
REDESUAS_CHAVES_ANTERIORES até `redesuas trilha trocar-chave` cifrar de novo as chaves. Sem nenhum segredo que abra
uma chave, o que ela cifrou não se lê, e a corrente continua conferindo: o resumo é do texto cifrado.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from suas.nucleo.trilha.models import Chave

NONCE = 12
CIFRADO = "cifrado"
APAGADO = {"apagado": True}
_SEM_PESSOA = UUID("5b0f3d1e-6a0f-5c53-9d0a-7a2f6d9f2f10")


class NaoAbre(Exception):
    """O texto não se lê: a chave é outra, foi mudada ou o texto foi mudado."""


def titular_da_linha(tabela: str, chave: str) -> UUID:
    """O titular de uma linha com dado pessoal que não leva a uma pessoa do sistema: a própria linha."""
    return uuid5(_SEM_PESSOA, f"{tabela}:{chave}")


@lru_cache(maxsize=8)
def _derivar(segredo: str) -> tuple[str, bytes]:
    chave = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"redesuas trilha chave-mestra").derive(
        segredo.encode()
    )
    return hashlib.sha256(chave).hexdigest()[:16], chave


def mestra_atual() -> str:
    """O nome (impressão) da chave-mestra de agora, que não a revela."""
    return _derivar(settings.SECRET_KEY)[0]


def mestras() -> dict[str, bytes]:
    """As chaves-mestras que esta instalação tem, a de agora e as anteriores, pelo nome."""
    return dict(_derivar(segredo) for segredo in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def nova_chave(*, titular: UUID, em: Any) -> tuple[Chave, bytes]:
    """Uma chave ao acaso para o titular, ainda não guardada, e ela em claro."""
    clara = AESGCM.generate_key(256)
    chave = Chave(titular=titular, criada_em=em)
    fechar_chave(chave, clara)
    return chave, clara


def fechar_chave(chave: Chave, clara: bytes) -> None:
    """Cifra a chave do titular com a chave-mestra de agora."""
    chave.mestra = mestra_atual()
    nonce = os.urandom(NONCE)
    fechada = AESGCM(mestras()[chave.mestra]).encrypt(nonce, clara, _contexto(chave))
    chave.cifrada = nonce + fechada


def abrir_chave(chave: Chave) -> bytes:
    """A chave do titular em claro; `NaoAbre` se foi mudada ou a chave-mestra não é desta instalação."""
    mestra = mestras().get(chave.mestra)
    dados = bytes(chave.cifrada)
    if mestra is None:
        raise NaoAbre("a chave-mestra que a cifrou não é desta instalação")
    try:
        return AESGCM(mestra).decrypt(dados[:NONCE], dados[NONCE:], _contexto(chave))
    except (InvalidTag, ValueError) as erro:
        raise NaoAbre("a chave foi mudada") from erro


def _contexto(chave: Chave) -> bytes:
    return f"{chave.titular}|{chave.mestra}|{chave.criada_em.timestamp():.6f}".encode()


def cifrar(valor: Any, *, clara: bytes, tabela: str, coluna: str, linha: str) -> dict[str, str]:
    """O valor de uma coluna, cifrado e preso à tabela, à coluna e à linha a que pertence."""
    nonce = os.urandom(NONCE)
    texto = json.dumps(valor, ensure_ascii=False, sort_keys=True).encode()
    fechado = AESGCM(clara).encrypt(nonce, texto, f"{tabela}|{coluna}|{linha}".encode())
    return {CIFRADO: base64.b64encode(nonce + fechado).decode("ascii")}


def decifrar(valor: dict[str, str], *, clara: bytes, tabela: str, coluna: str, linha: str) -> Any:
    """O contrário de `cifrar`; `NaoAbre` se o texto ou a chave não são os mesmos."""
    try:
        dados = base64.b64decode(valor[CIFRADO], validate=True)
        texto = AESGCM(clara).decrypt(dados[:NONCE], dados[NONCE:], f"{tabela}|{coluna}|{linha}".encode())
    except (InvalidTag, ValueError) as erro:
        raise NaoAbre("o texto cifrado não abre com a chave do titular") from erro
    return json.loads(texto)


def e_cifrado(valor: Any) -> bool:
    return isinstance(valor, dict) and set(valor) == {CIFRADO}
