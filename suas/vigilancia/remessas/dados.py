"""O que a remessa guarda: contas de unidades, sem pessoa atendida."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="remessas.remessa",
        nenhum=("id", "abrangencia", "meses", "situacao", "relatorio", "recebida_em", "feita_em", "pessoa"),
    ),
)
