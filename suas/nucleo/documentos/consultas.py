"""Reconhecer e achar documentos."""

from __future__ import annotations

from suas.nucleo.documentos.models import Documento
from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.permissoes.ator import Ator

# Começo do arquivo -> tipo. O nome que a pessoa deu não prova nada.
_ASSINATURAS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
TIPOS_ACEITOS = "PDF, PNG ou JPEG"
TAMANHO_MAXIMO_MB = 10


def tipo_pelo_conteudo(inicio: bytes) -> str | None:
    """O tipo segundo os primeiros bytes, ou None se não é dos aceitos."""
    return next((tipo for assinatura, tipo in _ASSINATURAS if inicio.startswith(assinatura)), None)


def pode_ler(ator: Ator, documento: Documento) -> bool:
    """Público lê o que é público; o restrito, só quem tem a abrangência do documento."""
    return documento.sigilo == Sigilo.PUBLICO or ator.alcanca(documento.abrangencia)
