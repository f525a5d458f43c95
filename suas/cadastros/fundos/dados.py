"""O que o cadastro de fundos guarda de uma pessoa: o nome de quem o gere e de quem ordena as despesas."""

from suas.cadastros.orgaos.dados import BASE_LEGAL, DO_ENTE, DO_MANDATO, FINALIDADE, SEM_TITULAR
from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(modelo="fundos.fundo", nenhum=(*DO_ENTE, "unidade_orcamentaria", "codigo_orcamentario")),
    Tabela(
        modelo="fundos.responsavel",
        nenhum=(*DO_MANDATO, "fundo", "funcao"),
        pessoal=("nome",),
        sem_titular=SEM_TITULAR,
        titulares="quem gere o fundo ou ordena as suas despesas",
        finalidade=FINALIDADE,
        base_legal=BASE_LEGAL,
        compartilhamento="público",
        guarda="prova_dos_atos",
    ),
    Tabela(modelo="fundos.conta", nenhum=("id", "fundo", "banco", "agencia", "numero", "finalidade", "desde", "ate")),
)
