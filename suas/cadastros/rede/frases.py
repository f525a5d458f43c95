"""Os atos sobre a rede em palavras."""

FRASES = {
    "rede.atualizar": "atualizou o cadastro de {objeto}",
    "rede.conferir": "conferiu o cadastro de {objeto}: está tudo certo",
}
