"""Os atos sobre prazos em palavras."""

FRASES = {
    "obrigacoes.abrir_janela": "registrou um período aberto por aviso: {objeto}",
    "obrigacoes.prorrogar": "registrou uma prorrogação: {objeto}",
    "obrigacoes.registrar_pane": "registrou uma pane: {objeto}",
    "obrigacoes.registrar_feriado": "registrou um feriado local: {objeto}",
    "obrigacoes.anular": "anulou um registro de prazo: {objeto}",
}
