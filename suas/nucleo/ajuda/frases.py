"""Os atos de pedir e dar ajuda em palavras."""

FRASES = {
    "ajuda.pedir": "pediu ajuda ({numero})",
    "ajuda.responder": "respondeu ao pedido de ajuda {numero}",
    "ajuda.escrever_de_novo": "escreveu de novo no pedido de ajuda {numero}",
    "ajuda.encaminhar": "encaminhou ao nível de cima o pedido de ajuda {numero}",
    "ajuda.encerrar": "encerrou o pedido de ajuda {numero}",
}
