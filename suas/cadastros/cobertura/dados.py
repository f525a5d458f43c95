"""O que a cobertura guarda de uma pessoa: nada, só lugares e contagens."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="cobertura.territoriodocras",
        nenhum=("id", "unidade", "familias", "familias_dia", "bairros", "contorno", "versao", "mudou_em"),
    ),
)
