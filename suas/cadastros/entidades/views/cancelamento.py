"""Cancelar uma inscrição, com defesa."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from suas.cadastros.entidades import permissoes
from suas.cadastros.entidades.acoes import cancelamento as acoes
from suas.cadastros.entidades.consultas.inscricoes import cancelamento_aberto
from suas.cadastros.entidades.forms import inscricao as forms
from suas.cadastros.entidades.views.atos import Tela, atender


@never_cache
@require_http_methods(["GET", "POST"])
def abrir(request: HttpRequest, inscricao_id: UUID) -> HttpResponse:
    """O conselho abre o cancelamento."""
    atual = permissoes.obter_inscricao_para_conduzir(request.ator, inscricao_id=inscricao_id)
    form = forms.AbrirCancelamento(request.POST or None)
    return atender(
        request,
        form=form,
        ato=lambda: acoes.abrir(
            inscricao=atual, **form.cleaned_data, por=request.ator, em=request.agora, hoje=request.hoje
        ),
        tela=Tela(
            titulo="Abrir cancelamento",
            descricao="A entidade é avisada da razão e se defende antes da decisão. Até lá a inscrição continua.",
            enviar="Abrir o cancelamento",
            feito="Cancelamento aberto; a entidade foi avisada e pode se defender.",
        ),
        sobre=atual,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def defender(request: HttpRequest, inscricao_id: UUID) -> HttpResponse:
    """A entidade apresenta a defesa."""
    atual = permissoes.obter_inscricao_para_completar(request.ator, inscricao_id=inscricao_id)
    aberto = cancelamento_aberto(atual)
    form = forms.Defender(request.POST or None)
    return atender(
        request,
        form=form,
        ato=lambda: acoes.defender(
            inscricao=atual, **form.cleaned_data, por=request.ator, em=request.agora, hoje=request.hoje
        ),
        tela=Tela(
            titulo="Apresentar a defesa",
            descricao=f"Razão do cancelamento: {aberto.motivo}" if aberto else "Não há cancelamento aberto.",
            enviar="Apresentar a defesa",
            feito="Defesa apresentada; o conselho foi avisado.",
        ),
        sobre=atual,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def decidir(request: HttpRequest, inscricao_id: UUID) -> HttpResponse:
    """O conselho decide o cancelamento."""
    atual = permissoes.obter_inscricao_para_conduzir(request.ator, inscricao_id=inscricao_id)
    aberto = cancelamento_aberto(atual)
    form = forms.DecidirCancelamento(request.POST or None)
    defesa = (aberto.defesa or "não foi apresentada") if aberto else "não há cancelamento aberto"
    return atender(
        request,
        form=form,
        ato=lambda: acoes.decidir(
            inscricao=atual, **form.cleaned_data, por=request.ator, em=request.agora, hoje=request.hoje
        ),
        tela=Tela(
            titulo="Decidir o cancelamento",
            descricao=f"Defesa: {defesa}. Da decisão cabe recurso, segundo o regimento do conselho.",
            enviar="Registrar a decisão",
            feito="Decisão registrada; a entidade foi avisada.",
        ),
        sobre=atual,
    )
