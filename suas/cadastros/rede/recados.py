"""O que se avisa sobre os pedidos da rede."""

from __future__ import annotations

from suas.nucleo.avisos.modelos import Modelo

MODELOS = (
    Modelo(
        codigo="rede.pedido",
        titulo="Pedido sobre a rede para você responder",
        assunto="Pedido: {pedido}, {lugar}",
        corpo="Pediram para {pedido}, em {lugar}.\n\nPor quê: {justificativa}\n\nAbra para aprovar ou recusar.",
        tipo="trabalho",
        campos={"pedido": "o que se pede", "lugar": "o município", "justificativa": "por que se pede"},
        exemplo={
            "pedido": "fechar CRAS Centro",
            "lugar": "Vitória/ES",
            "justificativa": "O prédio foi interditado; as famílias passam ao CRAS Norte.",
        },
    ),
    Modelo(
        codigo="rede.resposta",
        titulo="Seu pedido sobre a rede foi respondido",
        assunto="Pedido {estado}: {pedido}, {lugar}",
        corpo="O seu pedido para {pedido}, em {lugar}, foi {estado}.\n\nResposta: {resposta}",
        tipo="trabalho",
        campos={
            "pedido": "o que se pediu",
            "lugar": "o município",
            "estado": "aprovado ou recusado",
            "resposta": "o que quem respondeu escreveu",
        },
        exemplo={
            "pedido": "fechar CRAS Centro",
            "lugar": "Vitória/ES",
            "estado": "recusado",
            "resposta": "Falta dizer para onde vão as famílias acompanhadas.",
        },
    ),
)
