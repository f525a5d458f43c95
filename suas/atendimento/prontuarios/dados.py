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
)  # fmt: skip
