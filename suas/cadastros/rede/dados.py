"""O que as tabelas da rede guardam de uma pessoa: nada, só unidades e lugares."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="rede.unidade",
        nenhum=(
            "id", "identificador", "tipo", "nome", "nome_busca", "municipio", "natureza", "capacidade",
            "implantada_em", "aberta_em", "fechada_em", "motivo_do_fechamento", "dias_por_semana", "horas_por_dia",
            "equipe_volante", "endereco_reservado", "fundida_em", "desmembrada_de", "conferida_em", "mudada_em",
            "versao", "sintetica", "fonte", "tipo_logradouro", "logradouro", "numero", "complemento", "bairro",
            "ponto_de_referencia", "cep", "email", "telefone", "ramal", "localizacao", "latitude", "longitude",
            "situacao_do_imovel", "imovel_compartilhado", "compartilhado_com", "placa", "acesso_principal",
            "rota_aos_espacos", "rota_ao_banheiro", "banheiro_adaptado",
        ),
    ),
    Tabela(modelo="rede.servicoofertado", nenhum=("id", "unidade", "servico", "capacidade", "desde", "ate")),
    Tabela(
        modelo="rede.municipioatendido",
        nenhum=("id", "unidade", "municipio", "desde", "ate", "vagas", "cota_percentual", "fluxo"),
    ),
    Tabela(
        modelo="rede.pedido",
        nenhum=(
            "id", "tipo", "unidade", "municipio", "dados", "justificativa", "pedido_por", "pedido_em", "estado",
            "resposta", "respondido_por", "respondido_em", "feito", "motivo_de_desfazer", "desfeito_por",
            "desfeito_em",
        ),
    ),
    Tabela(
        modelo="rede.pardistinto", nenhum=("id", "uma", "outra", "municipio", "motivo", "dito_por", "dito_em")
    ),
)  # fmt: skip
