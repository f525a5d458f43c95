"""O que as tabelas dos benefícios guardam: do que a família precisa, o que se decidiu, e quem recebe o BPC."""

from typing import Any

from suas.nucleo.classificacao import Tabela

_COMUM: dict[str, Any] = {
    "titulares": "quem é atendido no SUAS",
    "finalidade": "Decidir e entregar benefícios eventuais e acompanhar quem recebe o BPC.",
    "base_legal": "LGPD, art. 7º, III, art. 11, II, b, e art. 23; LOAS, arts. 20 a 22",
    "compartilhamento": "não há",
    "guarda": "prontuario",
    "sigilo": True,
}
TABELAS = (
    Tabela(
        modelo="beneficios.regra",
        nenhum=(
            "id", "abrangencia", "tipo", "desde", "ofertado", "criterios", "valor_centavos", "prestacoes", "ato",
            "registrada_em",
        ),
    ),
    Tabela(
        modelo="beneficios.pedido",
        nenhum=(
            "id", "abrangencia", "familia", "pessoa", "prontuario", "unidade", "regra", "dia", "profissional",
            "registrado_em", "estado", "decidido_dia", "decidido_por", "sintetico",
        ),
        pessoal=("documento",),
        sensivel=("tipo", "necessidade", "razao", "valor_centavos"),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="beneficios.prestacao",
        nenhum=("id", "pedido", "abrangencia", "numero", "prevista", "entregue", "profissional"),
        sensivel=("o_que",),
        sem_titular="A prestação é do pedido, que diz de que família é.",
        **_COMUM,
    ),
    Tabela(
        modelo="beneficios.bpc",
        nenhum=(
            "id", "abrangencia", "familia", "pessoa", "unidade", "desde", "ate", "rever_ate", "registrado_em",
            "sintetico",
        ),
        sensivel=("especie",),
        titular="pessoa",
        **_COMUM,
    ),
    Tabela(
        modelo="beneficios.revisao",
        nenhum=("id", "bpc", "abrangencia", "dia", "em", "profissional"),
        sensivel=("resultado", "texto"),
        sem_titular="A revisão é do BPC, que diz de quem é.",
        **_COMUM,
    ),
)  # fmt: skip
