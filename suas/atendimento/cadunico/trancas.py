"""A segunda tranca: só o próprio município chega ao que o Cadastro Único diz das famílias dele."""

from suas.nucleo.tranca import ABRANGENCIA, Tranca, registrar_tranca

_DO_MUNICIPIO = f"abrangencia = {ABRANGENCIA}"


def registrar() -> None:
    for tabela in ("extrato", "cadastrodafamilia", "cadastrodapessoa"):
        registrar_tranca(Tranca(tabela=f"cadunico_{tabela}", ve=_DO_MUNICIPIO, muda=_DO_MUNICIPIO))
