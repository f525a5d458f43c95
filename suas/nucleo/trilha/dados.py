"""O que a trilha guarda de uma pessoa: quem agiu e quem leu, e o dado pessoal das alterações, cifrado."""

from suas.nucleo.classificacao import Tabela

_QUEM = ("pessoa_id", "vinculo_id", "papel", "abrangencia")

TABELAS = (
    Tabela(
        modelo="trilha.ato",
        nenhum=("id", "em", "ato", *_QUEM, "objeto_tipo", "objeto_id", "motivo", "dados", "transacao", "elo"),
    ),
    Tabela(
        modelo="trilha.alteracao",
        nenhum=("id", "em", "transacao", "tabela", "chave", "operacao", "titular", "elo"),
        pessoal=("antes", "depois"),
        titular="titular",
        finalidade="Provar o que mudou em cada linha do banco, com o antes e o depois.",
        base_legal="LGPD, art. 7º, II e III, e art. 23",
        guarda="prova_dos_atos",
    ),
    Tabela(
        modelo="trilha.leitura",
        nenhum=("id", "em", "lote", *_QUEM, "territorio", "tabela", "objeto_id", "titular", "campos", "motivo", "elo"),
        titular="titular",
        finalidade="Dizer à pessoa, e a quem supervisiona, quem leu os dados dela.",
        base_legal="LGPD, art. 7º, II, art. 23 e art. 46",
        guarda="prova_dos_atos",
    ),
    Tabela(modelo="trilha.elo", nenhum=("numero", "tabela", "linha_id", "em", "resumo")),
    Tabela(modelo="trilha.chave", nenhum=("titular", "cifrada", "mestra", "criada_em", "destruida_em")),
    Tabela(
        modelo="trilha.verificacao",
        nenhum=("id", "em", "inteira", "conferidos", "abertas", "milissegundos", "cabeca", "quebras"),
    ),
)
