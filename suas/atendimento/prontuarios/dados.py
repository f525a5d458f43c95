"""O que as tabelas dos prontuários guardam: quase tudo é dado sensível de quem é atendido."""

from typing import Any

from suas.nucleo.classificacao import Tabela

_COMUM: dict[str, Any] = {
    "titulares": "quem é atendido no SUAS",
    "finalidade": "Acompanhar famílias e indivíduos no SUAS e prestar contas do que se fez, sem dizer quem.",
    "base_legal": "LGPD, art. 7º, III, art. 11, II, b, e art. 23; Resolução CNAS nº 109/2009 (Tipificação)",
    "compartilhamento": "outra unidade do mesmo município, com motivo registrado e comunicado, menos o sigiloso",
    "guarda": "prontuario",
    "sigilo": True,
}
TABELAS = (
    Tabela(
        modelo="prontuarios.versaodaficha",
        nenhum=(
            "id", "prontuario", "familia", "pessoa", "unidade", "abrangencia", "numero", "modelo", "dia",
            "profissional", "funcao", "gravada_em", "sintetica",
        ),
        sensivel=("ficha", "respostas", "observacao"),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="prontuarios.acompanhamento",
        nenhum=(
            "id", "prontuario", "familia", "unidade", "abrangencia", "servico", "inicio", "quem_inseriu", "funcao",
            "inserido_em", "fim", "quem_desligou", "anulado_em", "sintetico",
        ),
        sensivel=("perfil", "motivo", "razao", "motivo_do_fim", "motivo_da_anulacao"),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="prontuarios.plano",
        nenhum=(
            "id", "acompanhamento", "familia", "pessoa", "abrangencia", "dia", "rever_ate", "profissional", "funcao",
            "criado_em",
        ),
        sensivel=("tipo",),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="prontuarios.objetivo",
        nenhum=("id", "plano", "familia", "abrangencia", "criado_em"),
        sensivel=("texto", "situacao"),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="prontuarios.acaodoplano",
        nenhum=("id", "objetivo", "familia", "abrangencia", "prazo", "criada_em"),
        sensivel=("texto", "responsavel", "situacao"),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="prontuarios.revisao",
        nenhum=(
            "id", "plano", "familia", "abrangencia", "dia", "proxima", "profissional", "funcao", "registrada_em",
        ),
        sensivel=("texto",),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="prontuarios.avaliacao",
        nenhum=(
            "id", "acompanhamento", "familia", "abrangencia", "dia", "meses", "profissional", "funcao",
            "registrada_em",
        ),
        sensivel=("ofertas", "outras_politicas", "reconhece", "resultado", "texto"),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="prontuarios.entregadoregistro",
        nenhum=(
            "id", "prontuario", "familia", "pessoa", "unidade", "abrangencia", "quem_pediu", "profissional", "funcao",
            "em",
        ),
        pessoal=("conferencia",),
        titular="pessoa",
        **_COMUM,
    ),
)  # fmt: skip
