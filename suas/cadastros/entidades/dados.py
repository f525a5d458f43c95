"""O que as tabelas das entidades guardam de uma pessoa: só o nome de quem as dirige."""

from suas.nucleo.classificacao import Tabela

_ENDERECO = (
    *("tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "ponto_de_referencia", "cep", "email"),
    *("telefone", "ramal", "localizacao", "latitude", "longitude"),
)

TABELAS = (
    Tabela(
        modelo="entidades.entidade",
        nenhum=(
            *("id", "cnpj", "razao_social", "nome_fantasia", "nome_busca", "natureza_juridica", "area_preponderante"),
            *("atende", "assessora", "defende", "municipio", "fontes_de_recurso", "cneas_visita_em"),
            *("cneas_concluido_em", "conferida_em", "criada_em", "mudada_em", "versao", "sintetica"),
            *_ENDERECO,
        ),
    ),
    Tabela(modelo="entidades.atuacao", nenhum=("id", "entidade", "municipio")),
    Tabela(
        modelo="entidades.oferta",
        nenhum=(
            *("id", "entidade", "municipio", "tipo", "servico", "nome", "publico", "capacidade", "atendidos"),
            *("dias_e_horas", "lugar", "gratuita", "desde", "ate"),
        ),
    ),
    Tabela(
        modelo="entidades.parceria",
        nenhum=(*("id", "entidade", "oferta", "tipo", "numero", "orgao", "objeto", "desde", "ate", "valor_centavos"),),
    ),
    Tabela(modelo="entidades.vinculosuas", nenhum=("id", "entidade", "desde", "por_que", "ate", "fim_por_que")),
    Tabela(
        modelo="entidades.inscricao",
        nenhum=(
            *("id", "entidade", "municipio", "especie", "oferta", "numero", "estado", "etapa", "protocolada_em"),
            *("decidida_em", "resolucao", "publicada_em", "valida_ate", "encerrada_em", "mudada_em"),
        ),
    ),
    Tabela(
        modelo="entidades.passo",
        nenhum=("id", "inscricao", "etapa", "resultado", "dia", "texto", "documento", "quem", "em"),
    ),
    Tabela(
        modelo="entidades.entrega",
        nenhum=(
            *("id", "inscricao", "exigencia", "exercicio", "documento", "entregue_em", "conferencia", "observacao"),
        ),
    ),
    Tabela(
        modelo="entidades.cancelamento",
        nenhum=(
            *("id", "inscricao", "motivo", "aberto_em", "defesa_ate", "defesa", "defendida_em", "decisao", "razao"),
            *("resolucao", "decidido_em"),
        ),
    ),
    Tabela(modelo="entidades.etapadoconselho", nenhum=("id", "municipio", "etapa", "usada", "prazo_dias")),
    Tabela(
        modelo="entidades.dirigente",
        nenhum=("id", "entidade", "cargo", "desde", "ate"),
        pessoal=("nome",),
        titular="id",
        titulares="quem dirige uma entidade",
        finalidade="Saber quem responde pela entidade perante o conselho e o órgão gestor.",
        base_legal="LGPD, art. 7º, III e art. 23",
        compartilhamento="o conselho e o órgão gestor do município",
        guarda="prova_dos_atos",
    ),
)
