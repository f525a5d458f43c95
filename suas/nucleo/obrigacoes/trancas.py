"""A segunda tranca: a entrega é do território; prazo registrado todos leem, e muda quem alcança onde ele vale."""

from suas.nucleo.tranca import Tranca, alcanca, registrar_tranca, trancar_por_territorio

REGISTRADAS = ("janelaregistrada", "prorrogacao", "pane", "feriado")


def registrar() -> None:
    trancar_por_territorio("obrigacoes_entrega")
    for tabela in REGISTRADAS:
        registrar_tranca(Tranca(tabela=f"obrigacoes_{tabela}", ve="true", muda=alcanca("abrangencia")))
