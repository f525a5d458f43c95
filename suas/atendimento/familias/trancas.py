"""A segunda tranca: só o próprio município chega às famílias; o estado e a União, a linha nenhuma."""

from suas.nucleo.tranca import ABRANGENCIA, Tranca, registrar_tranca

_DO_MUNICIPIO = f"abrangencia = {ABRANGENCIA}"
TABELAS = (
    "engano",
    *("pessoaatendida", "palavradonome", "familia", "integrante", "domicilio", "prontuario", "atendimento"),
    *("leituradefora", "pessoasdistintas", "juncao"),
)


def registrar() -> None:
    for tabela in TABELAS:
        registrar_tranca(Tranca(tabela=f"familias_{tabela}", ve=_DO_MUNICIPIO, muda=_DO_MUNICIPIO))
