"""Os atos da cobertura em palavras."""

FRASES = {"cobertura.definir_territorio": "definiu o {objeto}"}
