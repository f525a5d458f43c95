"""Os atos da remessa em palavras."""

FRASES = {"remessas.receber": "mandou meses por programa", "remessas.fazer": "conferiu a remessa de meses"}
