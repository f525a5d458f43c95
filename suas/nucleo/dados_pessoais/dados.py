"""O que as tabelas deste módulo guardam de uma pessoa."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="dados_pessoais.pedido",
        nenhum=("id", "pessoa", "tipo", "situacao", "pedido_em", "respondido_em"),
        pessoal=("texto", "resposta"),
        titular="pessoa",
        finalidade="Responder ao que a pessoa pede sobre os próprios dados, e provar que se respondeu.",
        base_legal="LGPD, art. 7º, II, e art. 18",
        guarda="pedido_do_titular",
        vence="respondido_em",
    ),
)
