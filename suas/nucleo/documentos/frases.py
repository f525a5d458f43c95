"""Os atos de documentos em palavras."""

FRASES = {
    "documentos.guardar": "guardou o documento {objeto}",
    "documentos.examinar": "examinou com o antivírus o documento {objeto}",
}
