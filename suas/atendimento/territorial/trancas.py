"""A segunda tranca e o que não muda: só o próprio município chega às listas; a procura feita não se altera."""

from suas.nucleo.banco import so_acrescimo
from suas.nucleo.tranca import ABRANGENCIA, Tranca, registrar_tranca

_DO_MUNICIPIO = f"abrangencia = {ABRANGENCIA}"


def registrar() -> None:
    for tabela in ("lista", "procurada", "procura"):
        registrar_tranca(Tranca(tabela=f"territorial_{tabela}", ve=_DO_MUNICIPIO, muda=_DO_MUNICIPIO))
    so_acrescimo("territorial_procura", "A procura registrada nao muda: registre outra.")
