"""O que as comunicações guardam: o prazo, a decisão e a quem foi; o texto de cada aviso é dos avisos."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="monitoramento.comunicacao",
        nenhum=(
            "id", "especie", "sistema", "periodo", "etapa", "abrangencia", "prazo", "estado", "proposta_em",
            "decidida_em", "decidida_por", "papel", "motivo",
        ),
    ),
    Tabela(
        modelo="monitoramento.destinatario",
        nenhum=("id", "comunicacao", "abrangencia", "pessoa", "faltam", "aviso"),
    ),
)  # fmt: skip
