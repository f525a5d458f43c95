"""O que se avisa sobre os encaminhamentos. Nunca quem é a família."""

from __future__ import annotations

from suas.nucleo.avisos.modelos import Modelo

MODELOS = (
    Modelo(
        codigo="servicos.chegou_encaminhamento",
        titulo="Chegou um encaminhamento",
        assunto="{origem} encaminhou uma família a {destino}",
        corpo=(
            "{origem} encaminhou uma família, ou alguém dela, a {destino}.\n\n"
            "A resposta se espera até {prazo}: aceitar, ou dizer por que não se aceita. O prontuário da outra unidade "
            "não se abre; o que ela quis dizer está no encaminhamento."
        ),
        tipo="trabalho",
        campos={"origem": "de que unidade", "destino": "a que unidade", "prazo": "até quando se responde"},
        exemplo={"origem": "CRAS Centro", "destino": "CREAS Norte", "prazo": "07/12/2026"},
    ),
    Modelo(
        codigo="servicos.respondido_encaminhamento",
        titulo="Um encaminhamento teve resposta",
        assunto="{destino} {o_que} o encaminhamento de {dia}",
        corpo="{destino} {o_que} o encaminhamento que você fez em {dia}. O que ela escreveu está na página dele.",
        tipo="trabalho",
        campos={"destino": "que unidade respondeu", "o_que": "o que ela fez", "dia": "de que dia é"},
        exemplo={"destino": "CREAS Norte", "o_que": "aceitou", "dia": "22/11/2026"},
    ),
)
