"""Dar razão ao Cadastro Único, na página da família."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from suas.atendimento.cadunico.acoes.diferencas import usar_o_do_cadastro
from suas.atendimento.familias import permissoes
from suas.nucleo.recusa import AtoRecusado


@never_cache
@require_POST
def usar(request: HttpRequest, pessoa_id: UUID, campo: str) -> HttpResponse:
    """Põe no registro o que o Cadastro Único diz de um campo."""
    pessoa, familia = permissoes.obter_pessoa_para_mudar(request.ator, pessoa_id=pessoa_id)
    try:
        usar_o_do_cadastro(pessoa_id=pessoa.pk, campo=campo, por=request.ator, em=request.agora, hoje=request.hoje)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "Gravado o que o Cadastro Único diz.")
    return redirect("familia", familia.pk)
