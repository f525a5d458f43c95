"""Formulários da rede."""
