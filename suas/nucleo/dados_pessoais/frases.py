"""Os atos de dados pessoais em palavras."""

FRASES = {
    "dados_pessoais.pedir": "fez um {objeto} dos próprios dados",
    "dados_pessoais.responder": "respondeu a um {objeto} de dados pessoais",
    "dados_pessoais.apagar_pessoa": "apagou os dados de uma pessoa",
    "dados_pessoais.aplicar_guarda": "apagou o que passou do prazo de guarda: {apagadas} linhas",
}
