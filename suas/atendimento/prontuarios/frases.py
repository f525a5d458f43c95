"""Os atos do prontuário em palavras. Nenhuma diz de quem, nem que ficha: a frase do ato não se cifra."""

FRASES = {
    "prontuarios.gravar_ficha": "gravou uma ficha do prontuário de uma família",
    "prontuarios.inserir": "inseriu uma família em acompanhamento",
    "prontuarios.desligar": "desligou uma família do acompanhamento",
    "prontuarios.anular_acompanhamento": "anulou a inserção de uma família em acompanhamento",
    "prontuarios.avaliar": "avaliou o acompanhamento de uma família",
    "prontuarios.abrir_plano": "começou um plano de acompanhamento",
    "prontuarios.por_objetivo": "acrescentou um objetivo a um plano de acompanhamento",
    "prontuarios.por_acao": "acrescentou uma ação a um plano de acompanhamento",
    "prontuarios.situar_objetivo": "mudou a situação de um objetivo do plano",
    "prontuarios.situar_acao": "mudou a situação de uma ação do plano",
    "prontuarios.rever_plano": "reviu um plano de acompanhamento",
    "prontuarios.entregar_registro": "emitiu o registro de uma pessoa, a pedido",
}
