"""Os atos sobre chaves em palavras."""

FRASES = {
    "api.criar_chave": "criou a chave de programa {objeto}",
    "api.revogar_chave": "revogou a chave de programa {objeto}",
}
