"""Os atos das planilhas em palavras."""

FRASES = {
    "importacoes.receber": "enviou uma planilha ({tipo}, linhas: {linhas})",
    "importacoes.corrigir": "corrigiu uma planilha, células: {celulas}",
    "importacoes.escolher_aba": "escolheu outra aba de uma planilha",
    "importacoes.reenviar": "reenviou uma planilha",
    "importacoes.desistir": "desistiu de uma planilha",
    "importacoes.encaminhar": "encaminhou uma planilha para aprovação",
    "importacoes.aprovar": "aprovou uma planilha",
    "importacoes.recusar": "recusou uma planilha",
    "importacoes.aplicar": "aplicou uma planilha ({tipo}): {novas} novas, {mudadas} mudadas",
}
