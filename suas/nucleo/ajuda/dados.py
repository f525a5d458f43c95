"""O que os pedidos de ajuda guardam de cada pessoa."""

from suas.nucleo.classificacao import Tabela

_FINALIDADE = "Atender quem não conseguiu fazer o que precisava no sistema."
_BASE_LEGAL = "LGPD, art. 7º, III e art. 23"
_TITULARES = "quem entra no sistema e quem o consulta sem entrar"

TABELAS = (
    Tabela(
        modelo="ajuda.pedido",
        nenhum=(
            *("id", "numero", "titular", "pessoa", "vinculo", "papel", "abrangencia", "com", "endereco", "tela"),
            *("falha", "estado", "pedido_em", "mudou_em", "encerrado_em"),
        ),
        pessoal=("email", "texto", "titulo_da_pagina", "mensagens_da_pagina", "navegador"),
        titular="titular",
        titulares=_TITULARES,
        finalidade=_FINALIDADE,
        base_legal=_BASE_LEGAL,
        guarda="pedido_de_ajuda",
        vence="encerrado_em",
    ),
    Tabela(
        modelo="ajuda.resposta",
        nenhum=("id", "pedido", "titular", "pessoa", "como", "de_quem_pediu", "em"),
        pessoal=("texto",),
        titular="titular",
        titulares=_TITULARES,
        finalidade=_FINALIDADE,
        base_legal=_BASE_LEGAL,
        guarda="pedido_de_ajuda",
    ),
)
