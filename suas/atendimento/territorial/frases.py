"""Os atos da busca ativa em palavras, sem nome de pessoa."""

FRASES = {
    "territorial.abrir_lista": "abriu uma lista de busca ativa",
    "territorial.incluir_na_lista": "incluiu uma família numa lista de busca ativa",
    "territorial.procurar": "registrou no que deu a procura de uma família",
    "territorial.encerrar_lista": "encerrou uma lista de busca ativa",
}
