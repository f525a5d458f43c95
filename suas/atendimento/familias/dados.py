"""O que as tabelas das famílias guardam: quem é atendido e o que se fez com ele. Quase tudo é pessoal ou sensível."""

from typing import Any

from suas.nucleo.classificacao import Tabela

_FINALIDADE = "Atender e acompanhar famílias e indivíduos no SUAS e prestar contas do que se fez, sem dizer quem."
_BASE = "LGPD, art. 7º, III, art. 11, II, b, e art. 23; Resolução CNAS nº 109/2009 (Tipificação)"
_COMUM: dict[str, Any] = {
    "titulares": "quem é atendido no SUAS",
    "finalidade": _FINALIDADE,
    "base_legal": _BASE,
    "compartilhamento": "outra unidade do mesmo município, com motivo registrado e comunicado",
    "guarda": "prontuario",
    "sigilo": True,
}
TABELAS = (
    Tabela(
        modelo="familias.pessoaatendida",
        nenhum=("id", "abrangencia", "criada_em", "mudada_em", "versao", "sintetica"),
        pessoal=("nome", "nome_social", "apelido", "nome_da_mae", "nis", "cpf", "nascimento", "sexo"),
        sensivel=("deficiencia",),
        titular="id",
        **_COMUM,
    ),
    Tabela(
        modelo="familias.palavradonome",
        nenhum=("id", "pessoa", "abrangencia"),
        pessoal=("palavra", "som"),
        titular="pessoa",
        projecao=True,
        **_COMUM,
    ),
    Tabela(
        modelo="familias.familia",
        nenhum=("id", "abrangencia", "cras", "criada_em", "mudada_em", "versao", "sintetica"),
        sensivel=("especificidade", "povo"),
        titular="id",
        **_COMUM,
    ),
    Tabela(
        modelo="familias.engano",
        nenhum=("id", "familia", "abrangencia", "quem", "em", "integrantes", "fora_da_busca", "desfeito_em"),
        sensivel=("motivo",),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="familias.integrante",
        nenhum=("id", "familia", "pessoa", "abrangencia", "ordem", "desde", "ate"),
        pessoal=("parentesco", "saida", "motivo"),
        titular="pessoa",
        **_COMUM,
    ),
    Tabela(
        modelo="familias.domicilio",
        nenhum=("id", "familia", "abrangencia", "desde", "ate"),
        pessoal=(
            "tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "ponto_de_referencia", "cep", "email",
            "telefone", "ramal", "localizacao", "latitude", "longitude",
        ),
        sensivel=("em_abrigo",),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="familias.prontuario",
        nenhum=("id", "familia", "unidade", "abrangencia", "numero", "aberto_dia", "criado_em"),
        sensivel=("ingresso", "quem_encaminhou", "motivo"),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="familias.atendimento",
        nenhum=(
            "id", "prontuario", "familia", "pessoa", "unidade", "abrangencia", "dia", "profissional", "funcao",
            "anotado_em", "anulado_em", "sintetico",
        ),
        sensivel=("tipo", "descricao", "motivo_da_anulacao"),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="familias.leituradefora",
        nenhum=("id", "familia", "pessoa", "unidade", "abrangencia", "em", "vale_ate"),
        sensivel=("motivo",),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="familias.pessoasdistintas",
        nenhum=("id", "uma", "outra", "abrangencia", "dito_por", "dito_em"),
        pessoal=("motivo",),
        titular="uma",
        **_COMUM,
    ),
    Tabela(
        modelo="familias.juncao",
        nenhum=(
            "id", "fica", "sai", "abrangencia", "moveu", "saida", "juntada_por", "juntada_em", "desfeita_em",
            "nao_voltou",
        ),
        pessoal=("motivo", "motivo_de_desfazer"),
        sensivel=("antes", "depois"),
        titular="fica",
        **_COMUM,
    ),
)  # fmt: skip
