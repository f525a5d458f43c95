"""O que o razão guarda de uma pessoa: nada. Os lançamentos são a própria prova: só acréscimos, encadeados."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="razao.conta",
        nenhum=("id", "abrangencia", "codigo", "nome", "natureza", "bloco", "piso", "exercicio", "favorecido"),
    ),
    Tabela(
        modelo="razao.lancamento",
        nenhum=(
            "id", "abrangencia", "numero", "dia", "debito", "credito", "centavos", "documento", "chave", "historico",
            "estorna", "resumo", "lancado_em",
        ),
        corrente_propria=True,
    ),
    Tabela(
        modelo="razao.saldodiario",
        nenhum=("id", "abrangencia", "conta", "dia", "debitos", "creditos"),
        projecao=True,
    ),
    Tabela(modelo="razao.fechamento", nenhum=("id", "abrangencia", "ate", "fechado_em")),
)  # fmt: skip
