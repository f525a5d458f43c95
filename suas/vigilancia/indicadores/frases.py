"""Os atos dos indicadores em palavras."""

FRASES = {
    "indicadores.carregar_catalogo": "carregou o catálogo de indicadores",
    "indicadores.definir": "definiu o indicador {objeto}",
    "indicadores.gravar_valores": "gravou valores de indicadores",
    "indicadores.receber_planilha": "enviou a planilha {objeto}",
    "indicadores.corrigir_planilha": "corrigiu a planilha {objeto}",
    "indicadores.aplicar_planilha": "aplicou a planilha {objeto}",
    "indicadores.descartar_planilha": "descartou a planilha {objeto}",
}
