"""O formulário que não pôde seguir (a entrada venceu, falta confirmar quem é): guarda-se e oferece-se de volta."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_CSRF_TOKEN_MISSING
from django.shortcuts import redirect, render

from suas.nucleo.tela.aparelho import veio_do_aparelho

CHAVE = "formulario_guardado"
DESCARTAR = "descartar_guardado"
#: Caracteres; um envio maior que isto não se guarda.
MAIOR = 100_000
UMA_HORA = 60 * 60
#: Quem não entrou escreve na tabela das sessões: cada lugar, até aqui.
POR_LUGAR = "60/h/ip"
_FORA = {"csrfmiddlewaretoken", DESCARTAR}
#: Campos que a pessoa não escreveu.
_SEM_MOSTRAR = {"visto"}


class FormularioGuardado:
    """Antes da exigência de entrada: o POST de quem já não está dentro fica na sessão até a pessoa entrar de novo.

    De volta ao mesmo endereço, ela vê o que tinha escrito e decide se envia ou descarta. Senhas nunca se guardam;
    arquivos não se guardam, e a página diz que é preciso escolhê-los outra vez.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or request.method not in {"GET", "POST"}:
            return None
        if request.method == "POST" and not request.user.is_authenticated:
            if not veio_do_aparelho(request):  # esse o próprio aparelho guarda
                guardar(request)
            return None
        if request.method == "POST" and DESCARTAR in request.POST:
            request.session.pop(CHAVE, None)
            return redirect(request.get_full_path())
        guardado = request.session.get(CHAVE)
        if not guardado or guardado["caminho"] != request.get_full_path() or not request.user.is_authenticated:
            return None
        if guardado.get("de") not in {"", None, str(request.user.pk)}:
            del request.session[CHAVE]  # outra pessoa entrou no mesmo navegador
            return None
        if request.method == "GET":
            return _oferecer(request, guardado)
        if guardado["arquivos"] and not request.FILES:
            request.arquivos_a_escolher = ", ".join(guardado["arquivos"])  # type: ignore[attr-defined]
        del request.session[CHAVE]
        return None


def arquivos_a_escolher(request: HttpRequest) -> str:
    """O que dizer de um arquivo que estava no formulário guardado e não voltou com ele; vazio quando nada falta."""
    nomes = getattr(request, "arquivos_a_escolher", "")
    return f"Escolha {nomes} de novo: o arquivo não fica guardado. Sem ele, envie outra vez assim." if nomes else ""


def oferecer_de_novo(request: HttpRequest, reason: str) -> HttpResponse | None:
    """O formulário cujo código venceu porque a pessoa entrou de novo em outra janela; None se não dá para confiar nele.

    Só se oferece o que veio de uma página desta instalação (cabeçalho Origin), nunca o que outro site enviou.
    """
    origem = urlsplit(request.headers.get("Origin", ""))
    mesma = (origem.scheme, origem.netloc) == (request.scheme, request.get_host())
    sem_confianca = not mesma or reason == REASON_CSRF_TOKEN_MISSING or not request.user.is_authenticated
    if sem_confianca or veio_do_aparelho(request):
        return None
    formulario = _ler(request)
    return _oferecer(request, formulario) if formulario else None


def guardar(request: HttpRequest, *, por_que: str = "venceu") -> None:
    """Põe na sessão o que veio no envio; `por_que` é `venceu` (a entrada) ou `confirmar` (quem é)."""
    formulario = _ler(request)
    limite = {"guardar": POR_LUGAR}
    cabe = ratelimit.consume(request, app="suas.nucleo.identidade", action="guardar", config=limite)
    if formulario and cabe:
        # a entrada que venceu neste pedido era de alguém: só a essa pessoa se oferece de volta
        de = str(request.user.pk) if request.user.is_authenticated else getattr(request, "saiu", "")
        request.session[CHAVE] = formulario | {"de": de, "por_que": por_que}
        if not request.user.is_authenticated:
            request.session.set_expiry(UMA_HORA)


def _ler(request: HttpRequest) -> dict[str, Any] | None:
    """Endereço, campos e nomes dos arquivos; None com senha, grande demais ou sem nada a guardar."""
    campos = [[nome, valor] for nome, valores in request.POST.lists() for valor in valores if nome not in _FORA]
    tamanho = sum(len(nome) + len(valor) for nome, valor in campos)
    if not campos or any("password" in nome for nome, _ in campos) or tamanho > MAIOR:
        return None
    arquivos = [arquivo.name for _, lista in request.FILES.lists() for arquivo in lista]
    return {"caminho": request.get_full_path(), "campos": campos, "arquivos": arquivos}


def _oferecer(request: HttpRequest, formulario: dict[str, Any]) -> HttpResponse:
    escritos = [
        valor
        for nome, valor in formulario["campos"]
        if len(valor.strip()) > 1 and nome not in _SEM_MOSTRAR and not nome.startswith("initial-")
    ]
    return render(
        request,
        "identidade/guardado.jinja",
        {"por_que": "venceu", **formulario, "escritos": escritos, "descartar": DESCARTAR},
    )
