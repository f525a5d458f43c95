"""O que se avisa sobre um pedido de ajuda."""

from uuid import UUID

from suas.nucleo.avisos.modelos import Modelo

PEDIDO = Modelo(
    codigo="ajuda.pedido",
    titulo="Pedido de ajuda para você atender",
    assunto="Pedido de ajuda {numero}",
    corpo="{quem} pediu ajuda em {dia}. Abra para ler e responder.",
    tipo="ajuda",
    campos={"numero": "número do pedido", "quem": "o vínculo de quem pediu", "dia": "o dia do pedido"},
    exemplo={"numero": "AJ-7F3K2Q", "quem": "Conselheiro, CMAS de Vitória/ES", "dia": "21/11/2026"},
)
FALA = Modelo(
    codigo="ajuda.fala",
    titulo="Quem pediu ajuda escreveu de novo",
    assunto="Nova mensagem no pedido de ajuda {numero}",
    corpo="Quem fez o pedido {numero} escreveu de novo. Abra para ler e responder.",
    tipo="ajuda",
    campos={"numero": "número do pedido"},
    exemplo={"numero": "AJ-7F3K2Q"},
)
RESPOSTA = Modelo(
    codigo="ajuda.resposta",
    titulo="Seu pedido de ajuda foi respondido",
    assunto="Resposta ao seu pedido de ajuda {numero}",
    corpo="{quem} respondeu:\n\n{texto}",
    tipo="ajuda",
    campos={"numero": "número do pedido", "quem": "quem respondeu", "texto": "a resposta"},
    exemplo={
        "numero": "AJ-7F3K2Q",
        "quem": "Vigilância, Vitória/ES",
        "texto": "O indicador estava com o ano trocado. Já corrigimos.",
    },
)
ENCERRADO = Modelo(
    codigo="ajuda.encerrado",
    titulo="Seu pedido de ajuda foi encerrado",
    assunto="Pedido de ajuda {numero} encerrado",
    corpo="O pedido {numero} foi encerrado. Se ainda precisa, escreva nele outra vez: ele volta a abrir.",
    tipo="ajuda",
    campos={"numero": "número do pedido"},
    exemplo={"numero": "AJ-7F3K2Q"},
)
TODOS = (PEDIDO, FALA, RESPOSTA, ENCERRADO)


def causa_do_pedido(pedido_id: UUID, *, com: str) -> str:
    """Cada nível por que o pedido passa é avisado uma vez."""
    return f"pedido:{pedido_id}:{com}"


def causa_da_fala(resposta_id: UUID) -> str:
    return f"fala:{resposta_id}"
