"""Os atos da entrada em palavras."""

FRASES = {
    "entrada.entrar": "entrou no sistema",
    "entrada.sair": "saiu do sistema",
    "entrada.tentar_demais": "errou demais a senha ou o código de {objeto}",
    "entrada.mudar_senha": "mudou a senha de {objeto}",
    "entrada.pedir_redefinicao": "pediu nova senha para {objeto}",
    "entrada.ativar_segundo_fator": "ativou o segundo fator de {objeto}",
    "entrada.retirar_segundo_fator": "retirou o segundo fator de {objeto}",
    "entrada.refazer_codigos": "refez os códigos de recuperação de {objeto}",
    "entrada.recifrar_segredo": "cifrou de novo um segundo fator, com a chave secreta em uso",
    "entrada.ligar_provedor": "ligou a conta do provedor de identidade a {objeto}",
    "entrada.desligar_provedor": "desligou a conta do provedor de identidade de {objeto}",
}
