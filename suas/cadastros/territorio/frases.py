"""Os atos do território em palavras."""

FRASES = {
    "territorio.carregar_federacao": "carregou as unidades da Federação e os municípios",
    "territorio.gravar_populacao": "gravou a população de {ano}, de fonte {fonte}",
}
