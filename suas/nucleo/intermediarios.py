"""O que todo pedido atravessa, sem assunto."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
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


class SemEscritaEmLeitura:
    """GET e HEAD não escrevem no banco; quem tenta recebe um erro do programa, que os testes veem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with banco.somente_leitura():
            return self.get_response(request)
