"""O andamento de uma tarefa, como trecho de página."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from suas.nucleo.fila.permissoes import obter_andamento_para_ver


@require_safe
def andamento(request: HttpRequest, andamento_id: UUID) -> HttpResponse:
    """O trecho que a página troca sozinha enquanto a tarefa corre; ao terminar, pede a página inteira."""
    atual = obter_andamento_para_ver(request.ator, andamento_id=andamento_id)
    resposta = render(request, "fila/andamento.jinja", {"andamento": atual})
    if atual.terminou:
        resposta["HX-Refresh"] = "true"
    return resposta
