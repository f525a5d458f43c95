"""O que se avisa sobre as famílias: que outra unidade leu. Nunca quem é a família."""

from __future__ import annotations

from suas.nucleo.avisos.modelos import Modelo

MODELOS = (
    Modelo(
        codigo="familias.leitura_de_fora",
        titulo="Outra unidade leu um prontuário",
        assunto="{unidade} leu um prontuário de outra unidade",
        corpo=(
            "{quem}, de {unidade}, abriu o que a sua unidade anotou sobre uma família.\n\n"
            "O motivo que deu: {motivo}\n\n"
            "A leitura vale por uma hora e fica registrada. Se o motivo não convence, converse com quem leu e com a "
            "gestão."
        ),
        tipo="trabalho",
        campos={"quem": "quem leu", "unidade": "de que unidade", "motivo": "por que precisou ler"},
        exemplo={
            "quem": "Beatriz do Exemplo",
            "unidade": "CREAS Centro",
            "motivo": "A família foi encaminhada hoje e a criança está em risco.",
        },
    ),
)
