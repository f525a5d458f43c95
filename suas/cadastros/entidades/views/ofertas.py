"""Ofertas, parcerias, vínculo SUAS e CNEAS de uma entidade."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from suas.cadastros.entidades import permissoes
from suas.cadastros.entidades.acoes import cneas as acoes_do_cneas
from suas.cadastros.entidades.acoes import ofertas as acoes
from suas.cadastros.entidades.consultas import cneas as consultas_do_cneas
from suas.cadastros.entidades.consultas import ofertas as consultas
from suas.cadastros.entidades.forms import ofertas as forms
from suas.cadastros.entidades.models import Entidade
from suas.cadastros.entidades.views.atos import Tela, atender, tentar


@never_cache
@require_http_methods(["GET", "POST"])
def nova(request: HttpRequest, entidade_id: UUID) -> HttpResponse:
    """Acrescenta uma oferta."""
    entidade = permissoes.obter_entidade_para_editar(request.ator, entidade_id=entidade_id)
    form = forms.EditarOferta(request.POST or None, hoje=request.hoje, initial={"onde": str(entidade.municipio)})
    return atender(
        request,
        form=form,
        ato=lambda: acoes.ofertar(entidade=entidade, dados=form.dados(), por=request.ator, em=request.agora),
        tela=Tela(
            titulo="Nova oferta",
            descricao="Um serviço, programa, projeto, benefício, assessoramento ou defesa de direitos, num município.",
            enviar="Acrescentar a oferta",
            feito="Oferta acrescentada.",
        ),
        sobre=entidade,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def editar(request: HttpRequest, oferta_id: UUID) -> HttpResponse:
    """Muda o que se diz de uma oferta."""
    oferta = permissoes.obter_oferta_para_editar(request.ator, oferta_id=oferta_id)
    form = forms.EditarOferta(request.POST or None, hoje=request.hoje, initial=forms.da_oferta(oferta))
    return atender(
        request,
        form=form,
        ato=lambda: acoes.mudar_oferta(oferta=oferta, dados=form.dados(), por=request.ator, em=request.agora),
        tela=Tela(
            titulo="Mudar a oferta",
            descricao=f"{oferta.nome}, em {oferta.municipio}.",
            enviar="Gravar a oferta",
            feito="Oferta gravada.",
        ),
        sobre=oferta,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def encerrar(request: HttpRequest, oferta_id: UUID) -> HttpResponse:
    """A oferta deixa de existir."""
    oferta = permissoes.obter_oferta_para_editar(request.ator, oferta_id=oferta_id)
    form = forms.Encerrar(request.POST or None)
    return atender(
        request,
        form=form,
        ato=lambda: acoes.encerrar_oferta(oferta=oferta, **form.cleaned_data, por=request.ator, em=request.agora),
        tela=Tela(
            titulo="Encerrar a oferta",
            descricao=f"{oferta.nome}, em {oferta.municipio}. Sai da ficha e fica na história; a inscrição dela no "
            "conselho encerra-se na página da inscrição.",
            enviar="Encerrar a oferta",
            feito="Oferta encerrada.",
        ),
        sobre=oferta,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def parceria(request: HttpRequest, entidade_id: UUID) -> HttpResponse:
    """Registra uma parceria com o poder público."""
    entidade = permissoes.obter_entidade_para_editar(request.ator, entidade_id=entidade_id)
    form = forms.NovaParceria(request.POST or None, entidade=entidade)
    return atender(
        request,
        form=form,
        ato=lambda: acoes.registrar_parceria(entidade=entidade, dados=form.dados(), por=request.ator, em=request.agora),
        tela=Tela(
            titulo="Registrar parceria",
            descricao="Como está no instrumento assinado. O cadastro não substitui a prestação de contas.",
            enviar="Registrar a parceria",
            feito="Parceria registrada.",
        ),
        sobre=entidade,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def vinculo(request: HttpRequest, entidade_id: UUID) -> HttpResponse:
    """O vínculo SUAS: registra-se o reconhecimento ou, se está em vigor, o fim dele."""
    entidade = permissoes.obter_entidade_para_gerir(request.ator, entidade_id=entidade_id)
    aberto = consultas.vinculo_suas(entidade)
    if aberto is not None:
        form = forms.Encerrar(request.POST or None)
        return atender(
            request,
            form=form,
            ato=lambda: acoes.encerrar_vinculo(
                entidade=entidade, **form.cleaned_data, por=request.ator, em=request.agora
            ),
            tela=Tela(
                titulo="Encerrar o vínculo SUAS",
                descricao=f"Reconhecido desde {aberto.desde:%d/%m/%Y}: {aberto.por_que}",
                enviar="Encerrar o vínculo",
                feito="Vínculo encerrado.",
            ),
            sobre=entidade,
        )
    novo = forms.ReconhecerVinculo(request.POST or None)
    return atender(
        request,
        form=novo,
        ato=lambda: acoes.reconhecer_vinculo(
            entidade=entidade, **novo.cleaned_data, por=request.ator, em=request.agora
        ),
        tela=Tela(
            titulo="Registrar o vínculo SUAS",
            descricao="Desde quando a entidade é reconhecida como da rede do SUAS, e por que ato.",
            enviar="Registrar o vínculo",
            feito="Vínculo SUAS registrado.",
        ),
        sobre=entidade,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def cneas(request: HttpRequest, entidade_id: UUID) -> HttpResponse:
    """Conclui o CNEAS, com o que falta à vista; concluído, reabre-o com a razão."""
    entidade = permissoes.obter_entidade_para_gerir(request.ator, entidade_id=entidade_id)
    if entidade.cneas_concluido_em is not None:
        form = forms.ReabrirCneas(request.POST or None)
        return atender(
            request,
            form=form,
            ato=lambda: acoes_do_cneas.reabrir(
                entidade=entidade, **form.cleaned_data, por=request.ator, em=request.agora
            ),
            tela=Tela(
                titulo="Reabrir o CNEAS",
                descricao=f"Concluído em {entidade.cneas_concluido_em:%d/%m/%Y}. Volta a “em preenchimento”.",
                enviar="Reabrir",
                feito="O CNEAS voltou a “em preenchimento”.",
            ),
            sobre=entidade,
        )
    return _concluir(request, entidade)


def _concluir(request: HttpRequest, entidade: Entidade) -> HttpResponse:
    form = forms.ConcluirCneas(request.POST or None)
    if request.method == "POST" and form.is_valid():
        feito = tentar(
            form,
            lambda: acoes_do_cneas.concluir(
                entidade=entidade, **form.cleaned_data, por=request.ator, em=request.agora, hoje=request.hoje
            ),
        )
        if feito:
            messages.success(request, "CNEAS concluído.")
            return redirect("entidade", entidade.pk)
    contexto = {
        "form": form,
        "entidade": entidade,
        "faltas": consultas_do_cneas.faltas(entidade, hoje=request.hoje),
    }
    return render(request, "entidades/cneas.jinja", contexto)
