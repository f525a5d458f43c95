"""A rede de unidades na lei: mínimo e capacidade."""
