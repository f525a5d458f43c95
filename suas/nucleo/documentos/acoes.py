"""Guardar um documento."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from suas.nucleo.documentos.consultas import TAMANHO_MAXIMO_MB, TIPOS_ACEITOS, tipo_pelo_conteudo
from suas.nucleo.documentos.models import Documento
from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar


class DocumentoRecusado(Exception):
    """O arquivo não pode ser guardado; a mensagem diz por quê."""


@transaction.atomic
def guardar(*, arquivo: UploadedFile[bytes], sigilo: Sigilo, abrangencia: str, por: Ator, em: datetime) -> Documento:
    """Guarda o arquivo depois de conferir tamanho e tipo pelo conteúdo (nunca pela extensão)."""
    tamanho = arquivo.size or 0
    nome = PurePath(arquivo.name or "documento").name[:200]
    if tamanho == 0:
        raise DocumentoRecusado(f"O arquivo “{nome}” está vazio. Escolha o arquivo de novo.")
    if tamanho > TAMANHO_MAXIMO_MB * 1024 * 1024:
        megas = f"{tamanho / 1024 / 1024:.1f}".replace(".", ",")
        raise DocumentoRecusado(
            f"O arquivo “{nome}” tem {megas} MB; o limite é {TAMANHO_MAXIMO_MB} MB. Reduza-o ou divida-o."
        )
    conteudo = arquivo.read()
    tipo = tipo_pelo_conteudo(conteudo[:16])
    if tipo is None:
        raise DocumentoRecusado(
            f"O conteúdo de “{nome}” não é {TIPOS_ACEITOS}. Salve-o num desses tipos e envie de novo."
        )
    arquivo.seek(0)
    documento = Documento(
        nome=nome,
        tipo=tipo,
        tamanho_bytes=tamanho,
        sha256=hashlib.sha256(conteudo).hexdigest(),
        sigilo=sigilo,
        abrangencia=abrangencia,
        guardado_em=em,
    )
    documento.arquivo.save(str(documento.pk), arquivo, save=True)
    registrar(ato="documentos.guardar", objeto=documento, por=por, em=em, dados={"sha256": documento.sha256})
    return documento
