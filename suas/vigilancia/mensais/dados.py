"""O que as tabelas do mês guardam: contas de uma unidade, sem pessoa atendida nelas."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="mensais.registromensal",
        nenhum=(
            "id", "unidade", "abrangencia", "formulario", "competencia", "estado", "itens", "justificativas",
            "autores", "motivo_da_correcao", "mudado_em", "versao", "sintetico",
        ),
    ),
    Tabela(
        modelo="mensais.envio",
        nenhum=(
            "id", "registro", "abrangencia", "numero", "versao_do_formulario", "itens", "justificativas", "autores",
            "avisos", "calculados", "motivo", "em", "pessoa", "papel",
        ),
    ),
    Tabela(modelo="mensais.lastro", nenhum=("id", "envio", "abrangencia", "item", "tabela", "chaves")),
    Tabela(modelo="mensais.transcricao", nenhum=("id", "envio", "abrangencia", "digitadas", "mudada_em")),
    Tabela(
        modelo="mensais.comprovante",
        nenhum=("id", "envio", "abrangencia", "dia", "protocolo", "documento", "em", "pessoa"),
    ),
    Tabela(
        modelo="mensais.resposta",
        nenhum=("id", "envio", "abrangencia", "tipo", "motivo", "em", "pessoa"),
    ),
)  # fmt: skip
