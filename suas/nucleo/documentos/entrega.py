"""A resposta que entrega um documento: sempre um arquivo a baixar, que o navegador não executa."""

from __future__ import annotations

import hashlib
import io

from django.core.exceptions import PermissionDenied
from django.http import FileResponse

from suas.nucleo.documentos.consultas import por_que_nao_sai
from suas.nucleo.documentos.models import Documento
from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.permissoes.ator import Ator


class ArquivoAlterado(Exception):
    """O arquivo no disco não é o que foi guardado: falha da instalação, nunca de quem pediu."""


def como_arquivo(documento: Documento, *, ator: Ator, publicado: bool) -> FileResponse:
    """O documento para baixar, com o nome e o tipo guardados.

    Quem chama já conferiu que o ator vê o ato a que o documento foi juntado; `publicado` diz se esse ato é público.
    O que é restrito e não foi publicado nunca sai para quem não entrou. 403 em palavras enquanto o antivírus não o
    liberou; `ArquivoAlterado` se o conteúdo não confere com o resumo.
    """
    if documento.sigilo == Sigilo.RESTRITO and not publicado and ator.e_publico:
        raise PermissionDenied("Este documento é restrito: entre para o ler.")
    if motivo := por_que_nao_sai(documento):
        raise PermissionDenied(motivo)
    with documento.arquivo.open("rb") as arquivo:
        conteudo = arquivo.read()
    if hashlib.sha256(conteudo).hexdigest() != documento.sha256:
        raise ArquivoAlterado(f"O documento {documento.pk} não confere com o resumo guardado.")
    resposta = FileResponse(
        io.BytesIO(conteudo), as_attachment=True, filename=documento.nome, content_type=documento.tipo
    )
    resposta["Content-Security-Policy"] = "default-src 'none'; sandbox"
    resposta["Cross-Origin-Resource-Policy"] = "same-origin"
    resposta["Cache-Control"] = "private, no-store" if not publicado else "public, max-age=3600"
    return resposta
