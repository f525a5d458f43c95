"""A rede de unidades na lei: mínimo e capacidade de CRAS, serviços da Tipificação."""
