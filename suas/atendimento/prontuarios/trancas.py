"""A segunda tranca: só o próprio município chega aos prontuários; o estado e a União, a linha nenhuma."""

from suas.nucleo.tranca import ABRANGENCIA, Tranca, registrar_tranca

_DO_MUNICIPIO = f"abrangencia = {ABRANGENCIA}"
TABELAS = (
    "versaodaficha",
    "acompanhamento",
    "plano",
    "objetivo",
    "acaodoplano",
    "revisao",
    "avaliacao",
    "entregadoregistro",
)


def registrar() -> None:
    for tabela in TABELAS:
        registrar_tranca(Tranca(tabela=f"prontuarios_{tabela}", ve=_DO_MUNICIPIO, muda=_DO_MUNICIPIO))
