"""Como a partilha chama cada coisa quando fala com gente."""

from __future__ import annotations

from normas.partilha.calculo import Situacao
from normas.partilha.prioridade import Indicador

SITUACAO_EM_PALAVRAS = {
    Situacao.NAO_CLASSIFICADO: "Não classificado",
    Situacao.NAO_ELEGIVEL: "Não elegível",
    Situacao.MINIMO_JA_ATENDIDO: "Mínimo já atendido",
    Situacao.CONTEMPLADO: "Contemplado",
    Situacao.NAO_ALCANCADO: "Não alcançado",
}

ROTULO_DO_INDICADOR = {
    Indicador.VULNERABILIDADE: "Taxa de vulnerabilidade social",
    Indicador.RCL: "Receita corrente líquida por habitante",
    Indicador.FNAS: "Recurso do FNAS para a proteção básica por habitante",
    Indicador.COMPLEMENTAR: "Indicador complementar",
}
TAXA_DE_POBREZA = "Taxa de pobreza"

ROTULO_DA_COLUNA = {
    "populacao": "População",
    "populacao_vulneravel": "População vulnerável",
    "familias": "Famílias",
    "familias_pobres": "Famílias com renda por pessoa abaixo de meio salário mínimo",
    "rcl_per_capita": ROTULO_DO_INDICADOR[Indicador.RCL],
    "fnas_psb_per_capita": ROTULO_DO_INDICADOR[Indicador.FNAS],
    "indicador_complementar": ROTULO_DO_INDICADOR[Indicador.COMPLEMENTAR],
    "nivel_gestao": "Nível de gestão",
    "adesao_suas": "Adesão ao SUAS",
    "cras_cofinanciados": "CRAS já cofinanciados",
}
