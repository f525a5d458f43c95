"""Guardas sobre o repositório inteiro: o que uma máquina confere não precisa de parágrafo."""
