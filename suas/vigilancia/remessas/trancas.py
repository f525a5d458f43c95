"""A segunda tranca: a remessa é de quem a mandou, e lê-se do território dele."""

from suas.nucleo.tranca import trancar_por_territorio


def registrar() -> None:
    trancar_por_territorio("remessas_remessa")
