"""O que o cadastro de órgãos guarda de uma pessoa: o nome de quem responde, que é público por força do cargo."""

from suas.nucleo.classificacao import Tabela

ENDERECO = (
    *("tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "ponto_de_referencia", "cep", "email"),
    *("telefone", "ramal", "localizacao", "latitude", "longitude"),
)
DO_ENTE = (
    *("id", "abrangencia", "nome", "nome_busca", "cnpj", "lei", "lei_dia", "lei_alteracoes", "decreto"),
    *("conferido_em", "mudou_em", "versao", "sintetico", "fonte"),
)
DO_MANDATO = ("id", "cargo", "ato", "ato_dia", "ato_documento", "desde", "previsto_ate", "ate")
SEM_TITULAR = "Quem responde pelo órgão pode não entrar no sistema; o nome vem do ato público de nomeação ou eleição."
FINALIDADE = "Dizer quem responde, e desde quando, pelo órgão gestor, pelo conselho, pelo governo e pelo fundo."
BASE_LEGAL = "LGPD, art. 7º, III e art. 23; Lei nº 12.527/2011, art. 8º"

TABELAS = (
    Tabela(
        modelo="orgaos.orgao",
        nenhum=(
            *DO_ENTE,
            *ENDERECO,
            *("tipo", "sigla", "natureza", "areas_associadas", "subdivisoes", "secretaria_propria"),
        ),
    ),
    Tabela(
        modelo="orgaos.mandato",
        nenhum=(*DO_MANDATO, "orgao", "funcao"),
        pessoal=("nome",),
        sem_titular=SEM_TITULAR,
        titulares="quem dirige órgão gestor, conselho ou governo",
        finalidade=FINALIDADE,
        base_legal=BASE_LEGAL,
        compartilhamento="público",
        guarda="prova_dos_atos",
    ),
)
