"""O que toda página recebe sem que a view peça."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest

from suas.nucleo.tela import aparelho, instalacao, menu


def tela(request: HttpRequest) -> dict[str, Any]:
    """Dá à página a instalação, o ator, o menu do vínculo em uso e as mensagens a mostrar.

    Sem ator (página servida antes da identificação, como a de erro), o menu vem vazio.
    """
    ator = getattr(request, "ator", None)
    return {
        "instalacao": instalacao.atual(),
        "ator": ator,
        "cofre": aparelho.cofre(ator),
        "menu": menu.menu_de(ator, caminho=request.path) if ator else (),
        "mensagens": get_messages(request),
    }
