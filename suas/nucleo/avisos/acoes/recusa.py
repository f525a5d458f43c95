"""A recusa de um ato, em palavras."""


class AtoRecusado(Exception):
    """O ato não cabe; a mensagem diz por quê e o que fazer."""
