"""Formulários oficiais como dados, e a conferência do que se escreve neles."""
