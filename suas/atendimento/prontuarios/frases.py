"""Os atos do prontuário em palavras. Nenhuma diz de quem, nem que ficha: a frase do ato não se cifra."""

FRASES = {
    "prontuarios.gravar_ficha": "gravou uma ficha do prontuário de uma família",
}
