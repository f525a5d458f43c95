"""Os atos das famílias em palavras. Nenhuma leva nome de pessoa: a frase do ato não se cifra."""

FRASES = {
    "familias.registrar_pessoa": "registrou uma pessoa",
    "familias.atualizar_pessoa": "mudou os dados de uma pessoa",
    "familias.registrar": "registrou uma família",
    "familias.anular": "anulou uma família registrada por engano",
    "familias.desfazer_anulacao": "desfez a anulação de uma família",
    "familias.abrir_prontuario": "abriu um prontuário",
    "familias.incluir_integrante": "incluiu alguém na composição da família",
    "familias.retirar_integrante": "registrou a saída de alguém da composição da família",
    "familias.trocar_referencia": "trocou a pessoa de referência da família",
    "familias.caracterizar": "mudou a especificidade da família",
    "familias.mudar_domicilio": "registrou outro endereço da família",
    "familias.anotar_atendimento": "anotou um atendimento",
    "familias.anular_atendimento": "anulou um atendimento",
    "familias.gravar_lote": "gravou muitas pessoas e famílias de uma lista",
    "familias.juntar_pessoas": "juntou dois registros da mesma pessoa",
    "familias.desfazer_juncao": "desfez a junção de dois registros",
    "familias.dizer_distintas": "registrou que são duas pessoas",
    "familias.voltar_a_propor": "voltou a propor dois registros como repetidos",
    "familias.ler_de_fora": "abriu o que outra unidade anotou sobre uma família",
}
