"""A ida ao provedor, a volta, e a conta ligada. Sem provedor configurado, nenhum destes endereços existe (404)."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from suas.nucleo.entrada import consultas, oidc
from suas.nucleo.entrada.acoes import provedor as atos
from suas.nucleo.identidade import consultas as identidade
from suas.nucleo.recusa import AtoRecusado

registro = logging.getLogger(__name__)
PEDIDO = "oidc_pedido"
VOLTAM = ("code", "state", "iss", "error")
SEM_PESSOA = (
    "Esta conta {nome} não está ligada a ninguém daqui. Quem dá o acesso é a gestão do seu órgão ou a presidência do "
    "conselho, por convite. Se você já entra com e-mail e senha, entre assim e ligue a conta {nome} em Minha conta."
)


def _provedor() -> oidc.Provedor:
    configurado = oidc.provedor()
    if configurado is None:
        raise Http404("Sem provedor configurado.")
    return configurado


def _quem(request: HttpRequest) -> str:
    """Quem está dentro; vazio, ninguém. A volta é de quem fez a ida."""
    return str(request.user.pk) if request.user.is_authenticated else ""


def _volta(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("provedor-volta"))


@login_not_required
@never_cache
@require_safe
def ida(request: Any) -> HttpResponse:
    """Guarda na sessão o que se confere na volta e manda a pessoa ao provedor."""
    configurado = _provedor()
    if request.user.is_authenticated and not did_recently_reauthenticate(request):
        confirmar = urlencode({"next": reverse("provedor-ida")})
        return redirect(f"{reverse('account_reauthenticate')}?{confirmar}")
    destino = request.GET.get("next", "")
    seguro = url_has_allowed_host_and_scheme(
        destino, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    pedido = oidc.novo_pedido(configurado, em=request.agora, destino=destino if seguro else "", de_quem=_quem(request))
    try:
        endereco = oidc.endereco_de_ida(configurado, pedido, volta=_volta(request))
    except oidc.Recusa as recusa:
        return _recusar(request, configurado, recusa)
    request.session[PEDIDO] = asdict(pedido)
    return redirect(endereco)


@login_not_required
@never_cache
@require_safe
def volta(request: HttpRequest) -> HttpResponse:
    """Onde o provedor devolve a pessoa. Ler não escreve: o que ele mandou segue num envio, sozinho ou com um toque."""
    configurado = _provedor()
    recebidos = {nome: request.GET[nome] for nome in VOLTAM if nome in request.GET}
    return render(request, "entrada/volta.jinja", {"provedor": configurado, "recebidos": recebidos})


@login_not_required
@never_cache
@require_POST
def concluir(request: Any) -> HttpResponse:
    """Confere a volta e entra; ou, para quem já entrou, liga a conta. O pedido da sessão serve uma vez."""
    configurado = _provedor()
    guardado = request.session.pop(PEDIDO, None)
    if limite := ratelimit.consume_or_429(request, app="allauth.account", action="login"):
        return limite
    try:
        if guardado is None:
            raise oidc.Recusa(
                "Esta entrada já foi usada ou venceu. Comece de novo por esta página.", causa="sem pedido"
            )
        pedido = oidc.Pedido(**guardado)
        if pedido.de_quem != _quem(request):
            raise oidc.Recusa(
                "Você entrou ou saiu daqui enquanto estava no provedor, e nada foi ligado. Comece de novo.",
                causa="outra pessoa na volta",
            )
        quem = oidc.identificar(configurado, pedido, request.POST, volta=_volta(request), em=request.agora)
    except oidc.Recusa as recusa:
        return _recusar(request, configurado, recusa)
    if request.user.is_authenticated:
        return _ligar(request, configurado, quem, destino=pedido.destino)
    return _entrar(request, configurado, quem, destino=pedido.destino)


def _entrar(request: Any, configurado: oidc.Provedor, quem: oidc.Identificacao, *, destino: str) -> HttpResponse:
    pessoa = consultas.pessoa_da_conta(quem.sujeito)
    if pessoa is None or not identidade.pode_entrar(pessoa):
        recusa = oidc.Recusa(SEM_PESSOA.format(nome=configurado.nome), causa="sem pessoa ligada")
        return _recusar(request, configurado, recusa)
    record_authentication(request, pessoa, method="socialaccount")
    resposta: HttpResponse = perform_login(request, Login(user=pessoa, redirect_url=destino or reverse("inicio")))
    request.session["pelo_provedor"] = True
    return resposta


def _ligar(request: Any, configurado: oidc.Provedor, quem: oidc.Identificacao, *, destino: str) -> HttpResponse:
    """Liga a conta a quem já entrou; de quem já a tinha ligada, é a confirmação de quem é, e segue aonde ia."""
    confirma = bool(destino) and consultas.pessoa_da_conta(quem.sujeito) == request.user
    try:
        atos.ligar_provedor(
            pessoa=request.user, sujeito=quem.sujeito, nivel=quem.nivel, por=request.ator, em=request.agora
        )
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        if confirma:
            record_authentication(request, request.user, method="socialaccount", reauthenticated=True)
            return redirect(destino)
        messages.success(request, f"Conta {configurado.nome} ligada: você já pode entrar por ela.")
    return redirect("provedor-conta")


@never_cache
@require_safe
def conta(request: HttpRequest) -> HttpResponse:
    """A conta do provedor ligada à pessoa, ou como ligar."""
    configurado = _provedor()
    ligada = consultas.conta_do_provedor(request.user)
    return render(request, "entrada/provedor.jinja", {"provedor": configurado, "ligada": ligada})


@require_POST
def desligar(request: Any) -> HttpResponse:
    """Desliga a conta do provedor, depois de confirmar quem é."""
    _provedor()
    if not did_recently_reauthenticate(request):
        confirmar = urlencode({"next": reverse("provedor-conta")})
        return redirect(f"{reverse('account_reauthenticate')}?{confirmar}")
    try:
        atos.desligar_provedor(pessoa=request.user, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "Conta desligada. A entrada por ela deixa de valer.")
    return redirect("provedor-conta")


def _recusar(request: HttpRequest, configurado: oidc.Provedor, recusa: oidc.Recusa) -> HttpResponse:
    """A recusa em palavras; ao registro do servidor vai a causa, sem dado da pessoa."""
    registro.warning("Entrada pelo provedor recusada: %s", recusa.causa)
    return render(request, "entrada/recusa.jinja", {"provedor": configurado, "motivo": str(recusa)}, status=403)
