"""O que as tabelas dos fatos guardam: somas, sem pessoa."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="fatos.fatodaunidade",
        nenhum=("id", "unidade", "abrangencia", "porte", "formulario", "competencia", "envio", "totais"),
        projecao=True,
    ),
    Tabela(
        modelo="fatos.fatodomunicipio",
        nenhum=("id", "abrangencia", "formulario", "competencia", "unidades", "somas"),
        projecao=True,
    ),
)
