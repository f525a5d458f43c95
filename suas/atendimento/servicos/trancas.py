"""A segunda tranca e o que não muda: só o próprio município chega às linhas; o passo dado não se altera."""

from suas.nucleo.banco import so_acrescimo
from suas.nucleo.tranca import ABRANGENCIA, Tranca, registrar_tranca

_DO_MUNICIPIO = f"abrangencia = {ABRANGENCIA}"
TABELAS = ("protocolo", "encaminhamento", "passo", "grupo", "participante", "encontro", "presenca")


def registrar() -> None:
    for tabela in TABELAS:
        registrar_tranca(Tranca(tabela=f"servicos_{tabela}", ve=_DO_MUNICIPIO, muda=_DO_MUNICIPIO))
    so_acrescimo("servicos_passo", "O passo dado num encaminhamento nao muda: o seguinte se acrescenta.")
