"""Os atos da entrada: entrar e sair, senha, segundo fator e provedor."""
