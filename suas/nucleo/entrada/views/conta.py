"""Minha conta, as sessões e o segundo fator da própria pessoa."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.nucleo.entrada import cifra, consultas, forms, permissoes
from suas.nucleo.entrada.acoes import segundo_fator as atos
from suas.nucleo.entrada.segundo_fator import gastar
from suas.nucleo.identidade import confirmacao
from suas.nucleo.identidade.acoes.sessoes import encerrar_sessoes
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import conta as partes

SEGREDO = "segundo_fator_a_ativar"
MOSTRAR_CODIGOS = "mostrar_codigos"


@never_cache
@require_safe
def conta(request: HttpRequest) -> HttpResponse:
    """Tudo que a pessoa cuida do próprio acesso, numa página."""
    return render(request, "entrada/conta.jinja", {"partes": partes.secoes(request)})


@never_cache
@require_http_methods(["GET", "POST"])
def sessoes(request: Any) -> HttpResponse:
    """As sessões abertas; encerra uma, ou todas as outras."""
    atual = request.session.session_key
    if request.method == "POST":
        escolhida = request.POST.get("sessao", "")
        so = int(escolhida) if escolhida.isascii() and escolhida.isdecimal() else None
        if escolhida and so is None:
            return redirect("conta-sessoes")
        quantas = encerrar_sessoes(
            pessoa=request.user,
            motivo="Encerrada pela própria pessoa",
            por=request.ator,
            em=request.agora,
            menos=atual,
            so=so,
        )
        if quantas:
            messages.success(request, "Sessão encerrada." if quantas == 1 else f"{quantas} sessões encerradas.")
        return redirect("conta-sessoes")
    abertas = consultas.sessoes_de(request.user, atual=atual, em=request.agora)
    return render(request, "entrada/sessoes.jinja", {"sessoes": abertas})


@never_cache
@require_http_methods(["GET", "POST"])
def segundo_fator(request: Any) -> HttpResponse:
    """Ativa o segundo fator, ou mostra a situação do que está ativo. Antes de qualquer dos dois, confirma quem é."""
    if not did_recently_reauthenticate(request):
        return _confirmar(reverse("mfa_index"))
    situacao = consultas.segundo_fator_de(request.user)
    if situacao.ativo:
        return render(request, "entrada/segundo_fator.jinja", {"situacao": situacao})
    segredo = _segredo(request)
    form = forms.Ativacao(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if validate_totp_code(segredo, form.cleaned_data["codigo"]):
            gastar(request.user, form.cleaned_data["codigo"])
            return _ativar(request, segredo)
        form.add_error("codigo", get_adapter().error_messages["incorrect_code"])
    endereco = get_adapter().build_totp_url(request.user, segredo)
    contexto = {
        "form": form,
        "desenho": mark_safe(get_adapter().build_totp_svg(endereco)),  # só traços, feitos aqui
        "chave": " ".join(segredo[i : i + 4] for i in range(0, len(segredo), 4)),
        "endereco": endereco,
    }
    return render(request, "entrada/ativar.jinja", contexto)


def _ativar(request: Any, segredo: str) -> HttpResponse:
    try:
        atos.ativar_segundo_fator(
            pessoa=request.user,
            segredo=segredo,
            sessao_atual=request.session.session_key,
            por=request.ator,
            em=request.agora,
        )
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
        return redirect("mfa_index")
    del request.session[SEGREDO]
    request.session[MOSTRAR_CODIGOS] = True
    messages.success(request, "Segundo fator ativo. A partir de agora, a entrada pede também o código do aplicativo.")
    return redirect("segundo-fator-codigos")


def _segredo(request: Any) -> str:
    """O segredo proposto nesta sessão, cifrado: recarregar a página não o troca."""
    if SEGREDO in request.session:
        try:
            return cifra.decifrar(request.session[SEGREDO])
        except cifra.ChavePerdida:
            del request.session[SEGREDO]
    segredo: str = generate_totp_secret()
    request.session[SEGREDO] = cifra.cifrar(segredo)
    return segredo


@never_cache
@require_http_methods(["GET", "POST"])
def codigos(request: Any) -> HttpResponse:
    """Mostra os códigos de recuperação uma vez, depois de criados; o envio os refaz."""
    if request.method == "POST":
        if not did_recently_reauthenticate(request):
            return _confirmar(reverse("mfa_index"))
        try:
            atos.refazer_codigos(pessoa=request.user, por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            messages.error(request, str(recusa))
            return redirect("mfa_index")
        request.session[MOSTRAR_CODIGOS] = True
        return redirect("segundo-fator-codigos")
    if not request.session.pop(MOSTRAR_CODIGOS, False):
        return redirect("mfa_index")
    return render(request, "entrada/codigos.jinja", {"codigos": consultas.codigos_de_recuperacao(request.user)})


@require_POST
def retirar(request: Any) -> HttpResponse:
    """Retira o próprio segundo fator, se o ajuste da instalação não o exige."""
    if not did_recently_reauthenticate(request):
        return _confirmar(reverse("mfa_index"))
    try:
        atos.retirar_segundo_fator(
            pessoa=request.user, por=request.ator, em=request.agora, sessao_atual=request.session.session_key
        )
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "Segundo fator retirado. A entrada volta a pedir só a senha.")
    return redirect("mfa_index")


@never_cache
@require_http_methods(["GET", "POST"])
def retirar_de_outra(request: Any, pessoa: UUID) -> HttpResponse:
    """Quem nomeia a pessoa retira o segundo fator dela, quando perdeu o aparelho e os códigos."""
    dela = permissoes.obter_pessoa_para_retirar_fator(request.ator, pessoa_id=pessoa, em=request.hoje)
    if confirmar := confirmacao.pedir(request):
        return confirmar
    form = forms.Retirada(request.POST or None)
    situacao = consultas.segundo_fator_de(dela)
    if request.method == "POST" and form.is_valid():
        try:
            atos.retirar_segundo_fator(
                pessoa=dela, por=request.ator, em=request.agora, motivo=form.cleaned_data["motivo"]
            )
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            messages.success(request, f"Segundo fator de {dela.nome} retirado. As sessões dela terminaram.")
            return redirect("acesso-pessoa", dela.pk)
    return render(request, "entrada/retirar_de_outra.jinja", {"form": form, "pessoa": dela, "situacao": situacao})


def _confirmar(volta: str) -> HttpResponse:
    """Leva a confirmar quem é e traz de volta à página, não ao ato: o ato se pede de novo, olhando."""
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': volta})}")
