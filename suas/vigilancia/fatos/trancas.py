"""A segunda tranca: o fato é do município."""

from suas.nucleo.tranca import trancar_por_territorio


def registrar() -> None:
    for tabela in ("fatos_fatodaunidade", "fatos_fatodomunicipio"):
        trancar_por_territorio(tabela)
