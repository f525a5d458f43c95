"""Baixar um documento, sempre como arquivo, nunca dentro da página."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from suas.nucleo.documentos.permissoes import obter_documento_para_ler


@login_not_required
@require_safe
def baixar(request: HttpRequest, documento_id: UUID) -> FileResponse:
    documento = obter_documento_para_ler(request.ator, documento_id=documento_id)
    resposta = FileResponse(
        documento.arquivo.open("rb"), as_attachment=True, filename=documento.nome, content_type=documento.tipo
    )
    resposta["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return resposta
