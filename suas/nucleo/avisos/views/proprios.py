"""Os avisos de quem entrou: ler, abrir e escolher como receber."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.nucleo.avisos import consultas, forms, permissoes
from suas.nucleo.avisos.acoes import leitura, preferencias

POR_PAGINA = 30


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Os avisos da pessoa, do mais novo ao mais antigo; `mostrar=por-ler` deixa só os não lidos."""
    so_por_ler = request.GET.get("mostrar") == "por-ler"
    avisos = consultas.avisos_de(request.user.pk)
    if so_por_ler:
        avisos = avisos.filter(lido_em__isnull=True)
    pagina = Paginator(avisos, POR_PAGINA).get_page(request.GET.get("pagina"))
    return render(
        request,
        "avisos/lista.jinja",
        {
            "pagina": pagina,
            "so_por_ler": so_por_ler,
            "quantos_por_ler": consultas.por_ler(request.user.pk),
            "devolvido": consultas.devolvido(request.ator.pessoa.email),
        },
    )


@require_POST
def abrir(request: HttpRequest, aviso_id: UUID) -> HttpResponse:
    """Marca como lido e leva aonde o aviso aponta."""
    aviso = permissoes.obter_aviso_para_abrir(request.ator, aviso_id=aviso_id)
    leitura.marcar_lido(aviso=aviso, por=request.ator, em=request.agora)
    return redirect(aviso.endereco or "avisos")


@require_POST
def marcar_todos(request: HttpRequest) -> HttpResponse:
    """Marca todos como lidos."""
    leitura.marcar_todos_lidos(por=request.ator, em=request.agora)
    return redirect("avisos")


@require_http_methods(["GET", "POST"])
def escolher(request: HttpRequest) -> HttpResponse:
    """Como receber cada tipo de aviso, e em que horas o correio espera."""
    horas = consultas.horas_de_silencio(request.user.pk)
    form = forms.Preferencias(request.POST or None, initial=_escolhido(request))
    if request.method == "POST" and form.is_valid():
        preferencias.escolher(formas=form.formas, horas=form.horas, por=request.ator, em=request.agora)
        messages.success(request, "Preferências de aviso guardadas.")
        return redirect("avisos-preferencias")
    return render(
        request,
        "avisos/preferencias.jinja",
        {
            "form": form,
            "horas": horas,
            "horas_da_casa": consultas.horas_da_casa(),
            "devolvido": consultas.devolvido(request.ator.pessoa.email),
        },
    )


def _escolhido(request: HttpRequest) -> dict[str, str]:
    """O que vale hoje, para o formulário começar preenchido."""
    atuais = consultas.preferencias_de(request.user.pk)
    inicial = {f"tipo_{codigo}": forma.value for codigo, forma in atuais.items()}
    proprias = consultas.silencio_proprio(request.user.pk)
    if proprias is None:
        return inicial | {"quais_horas": "casa"}
    if proprias.de == proprias.ate:
        return inicial | {"quais_horas": "nunca"}
    return inicial | {"quais_horas": "minhas", "de": f"{proprias.de:%H:%M}", "ate": f"{proprias.ate:%H:%M}"}


@require_POST
def liberar(request: HttpRequest) -> HttpResponse:
    """A pessoa diz que o próprio endereço voltou a funcionar."""
    if preferencias.liberar_endereco(por=request.ator, em=request.agora):
        messages.success(request, "O seu endereço volta a receber. Se devolver de novo, você verá aqui.")
    return redirect("avisos-preferencias")
