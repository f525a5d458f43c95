"""A segunda tranca: a comunicação e os destinatários são de quem alcança o território."""

from suas.nucleo.tranca import trancar_por_territorio


def registrar() -> None:
    for tabela in ("monitoramento_comunicacao", "monitoramento_destinatario"):
        trancar_por_territorio(tabela)
