"""Os atos do mês em palavras."""

FRASES = {
    "mensais.guardar": "guardou o rascunho: {objeto}",
    "mensais.guardar_celula": "escreveu um número no rascunho: {objeto}",
    "mensais.enviar": "enviou o mês: {objeto}",
    "mensais.analisar": "começou a conferir o mês: {objeto}",
    "mensais.devolver": "devolveu o mês para correção: {objeto}",
    "mensais.aprovar": "aprovou o mês: {objeto}",
    "mensais.publicar": "publicou o mês: {objeto}",
    "mensais.receber": "enviou meses por programa ou planilha",
    "mensais.transcrever": "marcou o que já digitou no sistema federal: {objeto}",
    "mensais.comprovar": "guardou o comprovante do sistema federal: {objeto}",
    "mensais.carregar": "carregou meses de outro sistema",
    "mensais.reabrir": "reabriu o mês para corrigir: {objeto}",
}
