"""O que as tabelas do território guardam de uma pessoa: nada, só lugares e contagens."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(modelo="territorio.uf", nenhum=("codigo", "sigla", "nome", "regiao")),
    Tabela(
        modelo="territorio.municipio",
        nenhum=("codigo_ibge", "nome", "nome_busca", "uf", "capital", "desde_ano", "ate_ano"),
    ),
    Tabela(modelo="territorio.populacao", nenhum=("id", "municipio", "ano", "habitantes", "tipo", "fonte")),
)
