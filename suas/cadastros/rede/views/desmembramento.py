"""Pedir que uma unidade se desmembre: a unidade nova, e o que da origem passa a ela."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from suas.cadastros.rede import permissoes, reparticao
from suas.cadastros.rede.acoes import pedidos as acoes
from suas.cadastros.rede.forms.desmembramento import Desmembramento
from suas.cadastros.rede.models import Pedido
from suas.nucleo.recusa import AtoRecusado


@never_cache
@require_http_methods(["GET", "POST"])
def desmembrar(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """O pedido para que nasça uma unidade desta, com parte do território, dos serviços e da equipe."""
    origem = permissoes.obter_unidade_para_juntar(request.ator, unidade_id=unidade_id)
    if origem.fundida_em_id is not None:
        return redirect("rede-unidade", origem.pk)
    escolhas = reparticao.escolhas_de(origem, ator=request.ator, hoje=request.hoje, em=request.agora)
    form = Desmembramento(request.POST or None, hoje=request.hoje, escolhas=escolhas, initial={"tipo": origem.tipo})
    if request.method == "POST" and form.is_valid():
        novo = acoes.NovoPedido(
            tipo=Pedido.Tipo.DESMEMBRAR,
            municipio=origem.municipio,
            unidade=origem,
            dados=form.dados(),
            justificativa=form.cleaned_data["justificativa"],
        )
        try:
            pedido = acoes.pedir(novo=novo, por=request.ator, em=request.agora, hoje=request.hoje)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Pedido enviado. Você será avisado da resposta, e pode retirá-lo até lá.")
            return redirect("rede-pedido", pedido.pk)
    return render(request, "rede/desmembrar.jinja", {"origem": origem, "form": form})
