"""O que as tabelas da rede guardam de uma pessoa: nada, só unidades e lugares."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="rede.unidade",
        nenhum=(
            "id", "identificador", "tipo", "nome", "nome_busca", "municipio", "natureza", "capacidade",
            "implantada_em", "aberta_em", "fechada_em", "motivo_do_fechamento", "dias_por_semana", "horas_por_dia",
            "equipe_volante", "endereco_reservado", "fundida_em", "conferida_em", "mudada_em", "versao", "sintetica",
            "fonte", "tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "ponto_de_referencia", "cep",
            "email", "telefone", "ramal", "localizacao", "latitude", "longitude",
        ),
    ),
    Tabela(modelo="rede.servicoofertado", nenhum=("id", "unidade", "servico", "capacidade", "desde", "ate")),
    Tabela(
        modelo="rede.municipioatendido", nenhum=("id", "unidade", "municipio", "desde", "ate", "cota_percentual")
    ),
    Tabela(
        modelo="rede.pedido",
        nenhum=(
            "id", "tipo", "unidade", "municipio", "dados", "justificativa", "pedido_por", "pedido_em", "estado",
            "resposta", "respondido_por", "respondido_em",
        ),
    ),
)  # fmt: skip
