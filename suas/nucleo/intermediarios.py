"""O que todo pedido atravessa, sem assunto."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

from suas.nucleo import banco


class SemCaractereNulo:
    """O caractere nulo, que o PostgreSQL não procura e ninguém digita: no endereço, 404; na consulta, 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        consulta = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info:
            raise Http404("Caractere nulo no endereço.")
        if "\0" in consulta or "%00" in consulta:
            raise SuspiciousOperation("Caractere nulo na consulta.")
        return self.get_response(request)


class SemEnvioGrande:
    """Recusa (400), antes de ler, o envio maior que qualquer arquivo aceito: lido, encheria o disco, e sem entrar."""

    MAIOR = 32 * 1024 * 1024

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        tamanho = request.META.get("CONTENT_LENGTH") or "0"
        if not tamanho.isascii() or not tamanho.isdecimal() or int(tamanho[:20]) > self.MAIOR:
            raise RequestDataTooBig("Envio maior que o aceito.")
        return self.get_response(request)


class SemRecursosDoAparelho:
    """Diz ao navegador que nenhuma página usa câmera, microfone, lugar, pagamento ou porta do aparelho."""

    POLITICA = ", ".join(
        f"{recurso}=()"
        for recurso in ("camera", "display-capture", "geolocation", "microphone", "payment", "serial", "usb")
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        resposta = self.get_response(request)
        resposta.headers.setdefault("Permissions-Policy", self.POLITICA)
        resposta.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            # não fica guardado no caminho; a tela com dado pessoal vai além e pede `never_cache`
            resposta.headers.setdefault("Cache-Control", "private, no-cache")
        return resposta


class SemEscritaEmLeitura:
    """GET e HEAD não escrevem no banco; quem tenta recebe um erro do programa, que os testes veem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with banco.somente_leitura():
            return self.get_response(request)
