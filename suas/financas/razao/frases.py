"""Os atos do razão em palavras."""

FRASES = {
    "razao.abrir_contas": "abriu contas no razão",
    "razao.lancar": "lançou no razão até o número {ate}",
    "razao.estornar": "estornou no razão o lançamento de número {estornado}",
    "razao.fechar": "fechou o razão até {dia}",
}
