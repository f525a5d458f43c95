"""O que as tabelas da busca ativa guardam: quem se procura, por quê, e no que deu."""

from typing import Any

from suas.nucleo.classificacao import Tabela

_COMUM: dict[str, Any] = {
    "titulares": "quem é atendido no SUAS",
    "finalidade": "Procurar no território as famílias que precisam do SUAS e ainda não chegam a ele.",
    "base_legal": "LGPD, art. 7º, III, art. 11, II, b, e art. 23; Resolução CNAS nº 109/2009 (Tipificação)",
    "compartilhamento": "não há",
    "guarda": "prontuario",
    "sigilo": True,
}
TABELAS = (
    Tabela(
        modelo="territorial.lista",
        nenhum=("id", "abrangencia", "unidade", "nome", "motivo", "aberta_em", "encerrada_em"),
    ),
    Tabela(
        modelo="territorial.procurada",
        nenhum=("id", "lista", "abrangencia", "familia"),
        sensivel=("observacao", "resultado"),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="territorial.procura",
        nenhum=("id", "procurada", "abrangencia", "dia", "profissional", "registrada_em"),
        sensivel=("resultado", "texto"),
        sem_titular="A procura é da família procurada, que diz qual é.",
        **_COMUM,
    ),
)
