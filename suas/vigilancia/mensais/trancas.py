"""A segunda tranca e o que não muda: o mês é do município; envio, lastro e resposta só se acrescentam."""

from suas.nucleo.banco import so_acrescimo
from suas.nucleo.tranca import trancar_por_territorio


def registrar() -> None:
    for tabela in ("mensais_registromensal", "mensais_envio", "mensais_lastro", "mensais_resposta"):
        trancar_por_territorio(tabela)
    so_acrescimo("mensais_envio", "O que foi enviado nao muda: corrija com outro envio.")
    so_acrescimo("mensais_lastro", "O que havia atras de um numero enviado nao muda.")
    so_acrescimo("mensais_resposta", "A resposta a um envio nao muda.")
