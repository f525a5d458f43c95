"""Os pisos da proteção social: fórmula e valores de cada um."""
