"""Os atos sobre a rede em palavras."""

FRASES = {
    "rede.atualizar": "atualizou o cadastro de {objeto}",
    "rede.conferir": "conferiu o cadastro de {objeto}: está tudo certo",
    "rede.abrir": "abriu {objeto}",
    "rede.fechar": "fechou {objeto}",
    "rede.reabrir": "reabriu {objeto}",
    "rede.importar": "importou unidades da rede de uma planilha: {novas} novas e {mudadas} mudadas",
    "rede.pedir": "pediu para {objeto}",
    "rede.aprovar": "aprovou o pedido para {objeto}",
    "rede.recusar": "recusou o pedido para {objeto}",
    "rede.desistir": "retirou o pedido para {objeto}",
}
