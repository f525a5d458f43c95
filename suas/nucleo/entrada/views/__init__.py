"""As telas da entrada: senha, segundo fator, sessões, minha conta e o provedor."""
