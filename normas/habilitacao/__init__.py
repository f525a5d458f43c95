"""Níveis de gestão, habilitação e desabilitação: requisitos, provas e os processos da norma, passo a passo."""
