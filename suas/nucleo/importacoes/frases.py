"""Os atos das planilhas em palavras."""

FRASES = {
    "importacoes.receber": "enviou a planilha {objeto} ({tipo}, {linhas} linhas)",
    "importacoes.corrigir": "corrigiu a planilha {objeto}: {celulas} células",
    "importacoes.escolher_aba": "escolheu outra aba da planilha {objeto}",
    "importacoes.reenviar": "reenviou a planilha {objeto}",
    "importacoes.desistir": "desistiu da planilha {objeto}",
    "importacoes.encaminhar": "encaminhou a planilha {objeto} para aprovação",
    "importacoes.aprovar": "aprovou a planilha {objeto}",
    "importacoes.recusar": "recusou a planilha {objeto}",
    "importacoes.aplicar": "aplicou a planilha {objeto} ({tipo}): {novas} novas, {mudadas} mudadas",
}
