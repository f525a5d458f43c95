"""Os atos dos benefícios em palavras, sem nome de pessoa."""

FRASES = {
    "beneficios.registrar_regra": "registrou a regra de um benefício do município",
    "beneficios.pedir": "registrou um pedido de benefício eventual",
    "beneficios.conceder": "concedeu um benefício eventual",
    "beneficios.recusar": "recusou um benefício eventual",
    "beneficios.entregar": "entregou uma prestação de benefício",
    "beneficios.cancelar": "cancelou um pedido de benefício",
    "beneficios.acompanhar_bpc": "registrou quem recebe o BPC",
    "beneficios.rever_bpc": "registrou uma revisão do BPC",
}
