"""Passar a titularidade: uma página, do que se passa ao que fica."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from suas.nucleo.identidade import confirmacao, consultas, permissoes
from suas.nucleo.identidade.acoes import passagem as acoes
from suas.nucleo.identidade.acoes.convites import Enviado
from suas.nucleo.identidade.forms import acessos as forms
from suas.nucleo.identidade.guardado import arquivos_a_escolher
from suas.nucleo.identidade.models import Vinculo
from suas.nucleo.identidade.views.convites import guardar_segredo
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import afazer
from suas.nucleo.tela.filtros import dia


@never_cache
@require_http_methods(["GET", "POST"])
def passar(request: HttpRequest, vinculo_id: UUID) -> HttpResponse:
    """Quem sai, quem entra, o dia, o ato e o destino do que foi delegado."""
    sai = permissoes.obter_vinculo_para_passar(request.ator, vinculo_id=vinculo_id, hoje=request.hoje)
    if confirmar := confirmacao.pedir(request):
        return confirmar
    propria = request.ator.vinculo is not None and request.ator.vinculo.pk == sai.pk
    delegacoes = list(consultas.delegacoes(sai, hoje=request.hoje))
    abertos = list(consultas.convites_abertos_de(sai))
    form = forms.Passar(
        request.POST or None,
        request.FILES or None,
        vinculo=sai,
        delegacoes=delegacoes,
        convites=abertos,
        propria=propria,
        hoje=request.hoje,
    )
    if request.method == "POST" and form.is_valid() and form.com_os_arquivos(arquivos_a_escolher(request)):
        try:
            passada = acoes.passar(sai=sai, nova=form.nova(), por=request.ator, em=request.agora, hoje=request.hoje)
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            return _feita(request, passada, propria=propria)
    return render(
        request,
        "identidade/passar.jinja",
        {
            "form": form,
            "vinculo": sai,
            "propria": propria,
            "delegacoes": delegacoes,
            "convites": abertos,
            "espera": consultas.passagem_a_espera(sai),
            "pendencias": afazer.de(_ator_de(sai), hoje=request.hoje),
            "vaga": forms.Encerrar(hoje=request.hoje),
            "nomeia": permissoes.pode_nomear(request.ator, papel=sai.papel, abrangencia=sai.abrangencia),
            "quem": permissoes.quem_nomeia(sai.papel, sai.abrangencia),
        },
    )


def _feita(request: HttpRequest, passada: acoes.Passada, *, propria: bool) -> HttpResponse:
    feita = passada.passagem
    if feita.convite is not None:
        guardar_segredo(request, Enviado(convite=feita.convite, segredo=passada.segredo))
        continua = "A titularidade fica vaga até o aceite." if feita.fica_vaga else "Quem sai continua até o aceite."
        messages.success(request, f"Passagem marcada para {dia(feita.dia)}; falta o aceite. {continua}")
        return redirect("acesso-convite", feita.convite.pk)
    nome = feita.entra.pessoa.nome if feita.entra else ""
    messages.success(request, f"Titularidade passada: {nome} entra em {dia(feita.dia)}.")
    return redirect("inicio") if propria else redirect("acesso-pessoa", feita.sai.pessoa_id)


@require_POST
def deixar_vaga(request: HttpRequest, vinculo_id: UUID) -> HttpResponse:
    """Encerra o mandato sem ninguém no lugar, com motivo."""
    sai = permissoes.obter_vinculo_para_passar(request.ator, vinculo_id=vinculo_id, hoje=request.hoje)
    form = forms.Encerrar(request.POST, hoje=request.hoje)
    if form.is_valid():
        try:
            acoes.deixar_vaga(sai=sai, **form.cleaned_data, por=request.ator, em=request.agora, hoje=request.hoje)
        except AtoRecusado as recusa:
            messages.error(request, str(recusa))
        else:
            messages.success(request, f"A titularidade fica vaga em {dia(form.cleaned_data['dia'])}.")
            return redirect("acesso-pessoa", sai.pessoa_id)
    else:
        messages.error(request, " ".join(recado for recados in form.errors.values() for recado in recados))
    return redirect("acesso-passar", sai.pk)


def _ator_de(vinculo: Vinculo) -> Ator:
    """Quem sai, agindo pelo vínculo que passa: o que espera por ele esperará por quem entra."""
    return Ator(pessoa=vinculo.pessoa, vinculo=vinculo, papel=vinculo.papel, abrangencia=vinculo.abrangencia)
