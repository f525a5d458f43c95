"""O aviso de que um pedido sobre os próprios dados foi respondido; a resposta só se lê no sistema."""

from suas.nucleo.avisos.modelos import Modelo

RESPOSTA = Modelo(
    codigo="dados_pessoais.resposta",
    titulo="Resposta a um pedido sobre os próprios dados",
    assunto="Seu pedido de {pedido} de dados foi respondido",
    corpo=(
        "Quem cuida da instalação respondeu ao seu pedido de {pedido} de dados pessoais. "
        "A resposta está em “Meus dados”, no sistema."
    ),
    tipo="acesso",
    campos={"pedido": "correção ou apagamento"},
    exemplo={"pedido": "correção"},
)
