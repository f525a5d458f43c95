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
