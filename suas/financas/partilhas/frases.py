"""Os atos da partilha em palavras."""

FRASES = {
    "partilhas.abrir": "abriu a partilha {objeto}",
    "partilhas.mudar_opcoes": "mudou as opções da partilha {objeto}",
    "partilhas.criar_cenario": "criou um cenário, a partilha {objeto}",
    "partilhas.excluir_rascunho": "excluiu o rascunho de partilha {nome}",
    "partilhas.congelar_insumos": "congelou os insumos da partilha {objeto}",
    "partilhas.corrigir_insumo": "corrigiu um dado de município na partilha {objeto}",
    "partilhas.definir_complementares": "escolheu os indicadores complementares da partilha {objeto}",
    "partilhas.simular": "simulou a partilha {objeto}",
    "partilhas.juntar_peca": "juntou à partilha {objeto} a peça de número {numero}",
    "partilhas.retirar_peca": "retirou da partilha {objeto} a peça de número {numero}",
    "partilhas.selar": "selou a partilha {objeto}",
}
