"""Medidas de velocidade, com o limite de cada uma. Como executar: docs/desempenho.md."""
