"""O que as tabelas das obrigações guardam: entregas e prazos de órgãos e unidades, sem pessoa atendida."""

from suas.nucleo.classificacao import Tabela

_REGISTRADO = (
    "id", "abrangencia", "norma", "dispositivo", "registrado_em", "registrado_por", "anulado_em", "motivo",
)  # fmt: skip
TABELAS = (
    Tabela(
        modelo="obrigacoes.entrega",
        nenhum=(
            "id", "sistema", "periodo", "etapa", "devedor", "unidade", "alvo", "abrangencia", "dia", "primeira",
            "retirada", "por_que", "engano", "protocolo", "informada_por",
        ),
    ),
    Tabela(modelo="obrigacoes.janelaregistrada", nenhum=(*_REGISTRADO, "sistema", "periodo", "etapa", "abre", "fecha")),
    Tabela(modelo="obrigacoes.prorrogacao", nenhum=(*_REGISTRADO, "sistema", "periodo", "etapa", "fecha")),
    Tabela(modelo="obrigacoes.pane", nenhum=(*_REGISTRADO, "sistema", "desde", "ate")),
    Tabela(modelo="obrigacoes.feriado", nenhum=(*_REGISTRADO, "dia", "nome")),
)  # fmt: skip
