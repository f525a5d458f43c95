"""A segunda tranca e o que não muda: o mês é do município; envio, lastro, comprovante e resposta só se acrescentam."""

from suas.nucleo.banco import so_acrescimo
from suas.nucleo.tranca import trancar_por_territorio

TABELAS = ("registromensal", "envio", "lastro", "resposta", "transcricao", "comprovante")


def registrar() -> None:
    for tabela in TABELAS:
        trancar_por_territorio(f"mensais_{tabela}")
    so_acrescimo("mensais_envio", "O que foi enviado nao muda: corrija com outro envio.")
    so_acrescimo("mensais_lastro", "O que havia atras de um numero enviado nao muda.")
    so_acrescimo("mensais_comprovante", "O comprovante guardado nao muda: junte outro.")
    so_acrescimo("mensais_resposta", "A resposta a um envio nao muda.")
