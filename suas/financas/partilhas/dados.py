"""O que as tabelas da partilha guardam de uma pessoa: nada, só municípios e valores. Cotas, grupos e memória são
projeções: refazem-se dos insumos e das opções, e a trilha não conta as suas alterações."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="partilhas.partilha",
        nenhum=(
            "id", "nome", "exercicio", "ambito", "recurso_centavos", "pbf_centavos", "criterio_porte", "normalizacao",
            "transicao_2005", "excluir_incompletos", "ano_populacao", "estado", "cenario_de", "sintetica",
            "simulacao_norma_nao_vigente", "versao_insumos", "faltas", "versao_simulada", "origens", "resumo", "sha256",
            "andamento_id", "criada_em", "criada_por", "mudada_em", "simulada_em", "selada_em",
        ),
    ),
    Tabela(modelo="partilhas.memoria", nenhum=("partilha", "comprimida", "tamanho"), projecao=True),
    Tabela(
        modelo="partilhas.indicadorcomplementar",
        nenhum=(
            "id", "partilha", "porte", "instancia", "indicador_codigo", "nome", "unidade", "direcao", "fonte", "ano",
        ),
    ),
    Tabela(
        modelo="partilhas.insumo",
        nenhum=(
            "id", "partilha", "municipio", "uf", "populacao", "populacao_vulneravel", "familias", "familias_pobres",
            "rcl_per_capita", "fnas_psb_per_capita", "indicador_complementar", "nivel_gestao", "adesao_suas",
            "cras_cofinanciados", "origens",
        ),
    ),
    Tabela(
        modelo="partilhas.cota",
        nenhum=(
            "id", "partilha", "municipio", "uf", "porte", "indice", "ordem", "elegivel", "situacao", "motivo",
            "cras_minimo", "cras_a_financiar", "valor_minimo_centavos", "valor_centavos",
        ),
        projecao=True,
    ),
    Tabela(
        modelo="partilhas.grupo",
        nenhum=(
            "id", "partilha", "uf", "porte", "passo1_centavos", "passo2_centavos", "recebido_centavos",
            "cedido_centavos", "pago_centavos", "saldo_centavos",
        ),
        projecao=True,
    ),
    Tabela(
        modelo="partilhas.peca",
        nenhum=("id", "partilha", "tipo", "instancia", "numero", "dia", "documento", "juntada_em"),
    ),
)  # fmt: skip
