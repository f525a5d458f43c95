"""A segunda tranca: só o próprio município chega aos pedidos e ao BPC; a regra é pública, e não muda."""

from suas.nucleo.banco import so_acrescimo
from suas.nucleo.tranca import ABRANGENCIA, Tranca, registrar_tranca

_DO_MUNICIPIO = f"abrangencia = {ABRANGENCIA}"


def registrar() -> None:
    for tabela in ("pedido", "prestacao", "bpc", "revisao"):
        registrar_tranca(Tranca(tabela=f"beneficios_{tabela}", ve=_DO_MUNICIPIO, muda=_DO_MUNICIPIO))
    registrar_tranca(Tranca(tabela="beneficios_regra", ve="true", muda=_DO_MUNICIPIO))
    so_acrescimo("beneficios_regra", "A regra registrada nao muda: registre outra, com outro dia.")
    so_acrescimo("beneficios_revisao", "A revisao registrada nao muda: registre outra.")
