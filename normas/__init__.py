"""A lei como pacote: regras e parâmetros datados, sem banco, sem relógio e sem Django."""
