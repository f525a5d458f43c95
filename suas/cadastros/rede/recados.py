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
    Modelo(
        codigo="rede.desfeito",
        titulo="O que você pediu sobre a rede foi desfeito",
        assunto="Desfeito: {pedido}, {lugar}",
        corpo="O que se fez pelo seu pedido para {pedido}, em {lugar}, foi desfeito.\n\nPor quê: {motivo}\n\n"
        "O que mudou depois e não voltou: {nao_voltou}",
        tipo="trabalho",
        campos={
            "pedido": "o que se pediu",
            "lugar": "o município",
            "motivo": "por que se desfez",
            "nao_voltou": "o que mudou depois e não voltou",
        },
        exemplo={
            "pedido": "juntar CRAS Centro a CRAS do Centro",
            "lugar": "Vitória/ES",
            "motivo": "São dois CRAS, em prédios diferentes.",
            "nao_voltou": "nada",
        },
    ),
)
