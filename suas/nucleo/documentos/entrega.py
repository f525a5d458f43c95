"""A resposta que entrega um documento: sempre um arquivo a baixar, que o navegador não executa."""

from __future__ import annotations

from django.http import FileResponse

from suas.nucleo.documentos.models import Documento


def como_arquivo(documento: Documento) -> FileResponse:
    """O documento para baixar, com o nome e o tipo guardados. Quem chama já conferiu que o ator o pode ler."""
    resposta = FileResponse(
        documento.arquivo.open("rb"), as_attachment=True, filename=documento.nome, content_type=documento.tipo
    )
    resposta["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return resposta
