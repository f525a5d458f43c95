"""Cuidar do cadastro de uma unidade: mudar e conferir."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from normas.base.documentos import aviso_do_identificador
from suas.cadastros.rede import consultas, permissoes
from suas.cadastros.rede.acoes import unidades as acoes
from suas.cadastros.rede.forms import cadastro as forms
from suas.cadastros.rede.models import Unidade
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo


@require_http_methods(["GET", "POST"])
def editar(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """O cadastro da unidade para mudar; se outra pessoa gravou antes, as duas versões lado a lado."""
    unidade = permissoes.obter_unidade_para_atualizar(request.ator, unidade_id=unidade_id)
    if unidade.fundida_em_id is not None and request.method == "GET":
        return redirect("rede-unidade", unidade.pk)  # leva à que vale, dizendo por quê
    gestao = permissoes.cuida_da_identificacao(request.ator)
    form = forms.Cadastro(request.POST or None, gestao=gestao, unidade=unidade)
    juntada = None
    if request.method == "POST" and form.is_valid():
        try:
            nova = acoes.atualizar(
                unidade=unidade, campos=form.campos(), versao=form.versao, por=request.ator, em=request.agora
            )
        except MudouNoMeioTempo:
            juntada = forms.juntar(form, unidade=unidade, gestao=gestao)
            form = juntada.form
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, f"Cadastro de {nova.nome} gravado e conferido hoje.")
            _avisar(request, nova)
            return redirect("rede-unidade", nova.pk)
    return render(
        request,
        "rede/editar.jinja",
        {
            "unidade": unidade,
            "form": form,
            "gestao": gestao,
            "juntada": juntada,
            "ultimo": consultas.ultimo_ato(unidade) if juntada else None,
        },
    )


def _avisar(request: HttpRequest, unidade: Unidade) -> None:
    """Diz o que parece engano no identificador, sem impedir; o do ponto a própria ficha diz."""
    if unidade.identificador and unidade.tipo in {Unidade.Tipo.CRAS, Unidade.Tipo.CREAS}:
        aviso = aviso_do_identificador(identificador=unidade.identificador, codigo_ibge=unidade.municipio_id)
        if aviso:
            messages.warning(request, aviso)


@require_POST
def conferir(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """Está tudo certo: quem cuida da unidade leu o cadastro e o confirma hoje."""
    unidade = permissoes.obter_unidade_para_atualizar(request.ator, unidade_id=unidade_id)
    try:
        acoes.conferir(unidade=unidade, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, f"Anotado: o cadastro de {unidade.nome} foi conferido hoje.")
    return redirect("rede-unidade", unidade.pk)
