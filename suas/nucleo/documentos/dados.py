"""O que documentos guarda de uma pessoa: nada nas tabelas; o conteúdo é do ato a que o arquivo foi juntado."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="documentos.documento",
        nenhum=("id", "nome", "tipo", "tamanho_bytes", "sha256", "arquivo", "sigilo", "abrangencia", "guardado_em"),
    ),
    Tabela(
        modelo="documentos.examedeantivirus",
        nenhum=("id", "documento", "resultado", "detalhe", "base", "examinado_em"),
    ),
)
