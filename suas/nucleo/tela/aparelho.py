"""O que fica no aparelho de quem escreve enquanto a linha não volta, e como se responde ao envio dele (ADR 0102)."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from suas.nucleo.permissoes.ator import Ator

CABECALHO = "X-Envio-Do-Aparelho"


def cofre(ator: Ator | None) -> str:
    """De quem é e com que chave se cifra o que fica no aparelho: a mesma pessoa recebe sempre a mesma, e só ela."""
    if ator is None or ator.pessoa is None:
        return ""
    quem = str(ator.pessoa.pk)
    de = salted_hmac("redesuas.aparelho.de", quem, algorithm="sha256").hexdigest()[:16]
    chave = salted_hmac("redesuas.aparelho.chave", quem, algorithm="sha256").digest()
    return f"{de}.{base64.b64encode(chave).decode()}"


def veio_do_aparelho(request: HttpRequest) -> bool:
    """Quem enviou guarda o formulário no aparelho e espera a resposta para saber se chegou?"""
    return request.method == "POST" and CABECALHO in request.headers


class EnvioDoAparelho:
    """Ao envio que vem do aparelho diz se chegou: em vez de levar a outra página, dá o destino.

    Fica no fim da fila: o que o redirecionou antes da tela (a entrada venceu, falta confirmar quem é) é 401, e o
    aparelho não apaga o que guardou.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        resposta = self.get_response(request)
        if not veio_do_aparelho(request) or resposta.status_code not in {301, 302, 303}:
            return resposta
        if getattr(request, "chegou_a_tela", False):
            return JsonResponse({"destino": resposta["Location"]})
        return JsonResponse({"entrar": resposta["Location"]}, status=401)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        request.chegou_a_tela = True  # type: ignore[attr-defined]
