"""O que as tabelas dos indicadores guardam de uma pessoa: nada, só números de municípios."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="indicadores.indicador",
        nenhum=(
            "codigo", "nome", "unidade", "descricao", "base", "tipo", "sentido", "casas", "minimo", "opcoes",
        ),
    ),
    Tabela(
        modelo="indicadores.importacao",
        nenhum=(
            "id", "arquivo", "conteudo", "sha256", "ano", "fonte", "sintetico", "decimal_com_virgula", "destinos",
            "correcoes", "de_fora", "situacao", "resultado", "abrangencia", "por", "criada_em", "aplicada_em",
        ),
    ),
    Tabela(
        modelo="indicadores.valor",
        nenhum=("id", "indicador", "municipio", "ano", "valor", "fonte", "sintetico", "importacao"),
    ),
)  # fmt: skip
