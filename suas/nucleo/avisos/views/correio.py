"""O correio da instalação: o que saiu, o que não chegou e por quê."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from suas.nucleo.avisos import consultas, correio, forms, permissoes
from suas.nucleo.avisos.acoes import mensagens
from suas.nucleo.avisos.models import Estado, Mensagem
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import instalacao
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 50


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """As mensagens, com quantas há em cada estado e busca por endereço ou assunto."""
    permissoes.exigir_operar(request.ator)
    estado, procura = request.GET.get("estado", ""), request.GET.get("procura", "").strip()[:100]
    achadas = consultas.mensagens_filtradas(estado=estado, procura=procura)
    pagina = Paginator(achadas, POR_PAGINA).get_page(request.GET.get("pagina"))
    registrar_leitura(
        titulares=[mensagem.titular for mensagem in pagina],
        tabela="avisos.mensagem",
        ids=[mensagem.pk for mensagem in pagina],
        campos=("email", "assunto"),
        por=request.ator,
        em=request.agora,
    )
    contagem = consultas.contagem_do_correio()
    return render(
        request,
        "avisos/correio.jinja",
        {
            "pagina": pagina,
            "estado": estado if estado in Estado.values else "",
            "procura": procura,
            "contagem": [(e, contagem[e.value]) for e in Estado if contagem[e.value]],
            "opcoes": Estado.choices,
            "servidor": correio.servidor(),
        },
    )


@never_cache
@require_safe
def mensagem(request: HttpRequest, mensagem_id: UUID) -> HttpResponse:
    """Uma mensagem: o que diz, para quem, e o que o servidor respondeu."""
    atual = permissoes.obter_mensagem_para_ver(request.ator, mensagem_id=mensagem_id)
    registrar_leitura(
        objeto=atual,
        titulares=[atual.titular],
        campos=("email", "assunto", "corpo", "resposta"),
        por=request.ator,
        em=request.agora,
    )
    return _mostrar(request, atual, forms.Motivo())


@require_POST
def enviar(request: HttpRequest, mensagem_id: UUID) -> HttpResponse:
    """Manda de novo o que não saiu ou não se sabe se chegou."""
    atual = permissoes.obter_mensagem_para_operar(request.ator, mensagem_id=mensagem_id)
    try:
        mensagens.enviar_de_novo(mensagem=atual, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "A mensagem voltou à fila e sai em instantes.")
    return redirect("correio-mensagem", mensagem_id)


@never_cache
@require_POST
def revelar(request: HttpRequest, mensagem_id: UUID) -> HttpResponse:
    """Mostra, uma vez e com motivo, o endereço reservado de uma mensagem que não tem como sair."""
    atual = permissoes.obter_mensagem_para_operar(request.ator, mensagem_id=mensagem_id)
    form = forms.Motivo(request.POST)
    if not form.is_valid():
        return _mostrar(request, atual, form)
    try:
        mensagens.revelar(mensagem=atual, motivo=form.cleaned_data["motivo"], por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
        return redirect("correio-mensagem", mensagem_id)
    return _mostrar(request, atual, form, revelada=True)


def _mostrar(request: HttpRequest, atual: Mensagem, form: forms.Motivo, *, revelada: bool = False) -> HttpResponse:
    opera = permissoes.pode_operar(request.ator)
    escondida = atual.reservada and not revelada and not instalacao.atual().demonstracao
    return render(
        request,
        "avisos/mensagem.jinja",
        {
            "mensagem": atual,
            "corpo": atual.corpo_sem_enderecos if escondida else atual.corpo,
            "opera": opera,
            "pode_enviar": opera and correio.servidor() is not None and atual.pode_ir_de_novo,
            "pode_revelar": opera and escondida and atual.estado == Estado.GUARDADA,
            "form": form,
        },
    )
