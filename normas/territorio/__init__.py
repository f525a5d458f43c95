"""O território na lei: federação, porte dos municípios e a tabela de portes."""
