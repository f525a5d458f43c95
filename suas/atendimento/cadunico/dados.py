"""O que as tabelas do Cadastro Único guardam: o que ele diz das famílias, com a data em que disse."""

from typing import Any

from suas.nucleo.classificacao import Tabela

_COMUM: dict[str, Any] = {
    "titulares": "quem está no Cadastro Único",
    "finalidade": "Achar as famílias do território, acompanhá-las e saber que cadastro está desatualizado.",
    "base_legal": "LGPD, art. 7º, III, art. 11, II, b, e art. 23; Decreto nº 11.016/2022",
    "compartilhamento": "não há",
    "guarda": "prontuario",
    "sigilo": True,
}
TABELAS = (
    Tabela(
        modelo="cadunico.extrato",
        nenhum=(
            "id", "abrangencia", "dia", "importacao", "pessoas", "familias", "novas", "mudadas", "trazido_por",
            "trazido_em",
        ),
    ),
    Tabela(
        modelo="cadunico.cadastrodafamilia",
        nenhum=("id", "familia", "abrangencia", "mudou_dia", "visto_dia"),
        pessoal=(
            "codigo", "atualizado_dia", "logradouro", "numero", "complemento", "bairro", "ponto_de_referencia", "cep",
            "telefone", "localizacao",
        ),
        sensivel=(
            "renda_per_capita_centavos", "renda_total_centavos", "bolsa_familia", "grupo", "indigena", "quilombola",
        ),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="cadunico.cadastrodapessoa",
        nenhum=("id", "pessoa", "cadastro", "abrangencia", "mudou_dia", "visto_dia"),
        pessoal=("nome", "nome_da_mae", "nis", "cpf", "nascimento", "sexo", "parentesco"),
        sensivel=("deficiencia", "condicionalidade", "condicionalidade_dia"),
        titular="pessoa",
        **_COMUM,
    ),
)  # fmt: skip
