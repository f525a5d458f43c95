"""Os atos do Cadastro Único em palavras. Nenhuma leva nome de pessoa: a frase do ato não se cifra."""

FRASES = {
    "cadunico.trazer_extrato": "importou um extrato do Cadastro Único",
    "cadunico.usar_o_do_cadastro": "pôs no registro o que o Cadastro Único diz de uma pessoa",
}
