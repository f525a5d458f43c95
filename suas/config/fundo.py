"""O trabalho que não espera por ninguém: as tarefas da fila e as rotinas no horário."""

from __future__ import annotations

import json
import sys
import threading
from typing import TYPE_CHECKING

from suas.config.argumentos import Analisador, opcoes
from suas.config.gerenciar import conferir_banco, preparar_django, recusa_do_banco, recusa_do_formato
from suas.config.servir import CONFERIR_O_BANCO, RECUSA_DO_BANCO

if TYPE_CHECKING:
    from suas.nucleo.fila.trabalhador import OTrabalhador

RECUSADO = 1
#: Quanto se espera, no fim, pela rotina que corre ao lado; passado isto ela é devolvida à fila.
ESPERA_PELA_ROTINA = 6.0


def trabalhador(argv: list[str]) -> int:
    """`redesuas trabalhador`: executa as tarefas da fila até receber o sinal de fim."""
    analisador = Analisador(comando="trabalhador", descricao="Executa as tarefas da fila, uma de cada vez.")
    analisador.add_argument("--ate-esvaziar", action="store_true", help="sai quando não houver mais tarefas")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    preparar_django(dados=pedido.dados)
    if _recusado(espera=not pedido.ate_esvaziar):
        return RECUSADO
    das_tarefas = _das_tarefas()
    das_tarefas.tratar_sinais()
    das_tarefas.executar(ate_esvaziar=pedido.ate_esvaziar)
    return 0


def relogio(argv: list[str]) -> int:
    """`redesuas relogio`: executa as rotinas no horário até receber o sinal de fim."""
    analisador = Analisador(comando="relogio", descricao="Executa as rotinas no horário de Brasília.")
    analisador.add_argument("--uma-vez", action="store_true", help="executa as que venceram e sai")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    preparar_django(dados=pedido.dados)
    if _recusado(espera=not pedido.uma_vez):
        return RECUSADO
    das_rotinas = _das_rotinas()
    das_rotinas.tratar_sinais()
    das_rotinas.executar(ate_esvaziar=pedido.uma_vez)
    return 0


def juntos(argv: list[str]) -> int:
    """Tarefas na linha principal, que trata os sinais, e rotinas numa linha ao lado.

    Se uma das linhas parar, o processo inteiro para e quem o vigia o recomeça: nada some em silêncio. Com
    `CONFERIR_O_BANCO`, o banco que não serve a esta versão se recusa, e quem o vigia para tudo.
    """
    preparar_django()
    if CONFERIR_O_BANCO in argv and not conferir_banco():
        return RECUSA_DO_BANCO
    das_tarefas, das_rotinas = _das_tarefas(), _das_rotinas()

    def executar_rotinas() -> None:
        try:
            das_rotinas.executar()
        finally:
            das_tarefas.parar()

    das_tarefas.tratar_sinais()
    ao_lado = threading.Thread(target=executar_rotinas, name="rotinas", daemon=True)
    ao_lado.start()
    try:
        das_tarefas.executar()
    finally:
        das_rotinas.parar()
        ao_lado.join(timeout=ESPERA_PELA_ROTINA)
        das_rotinas.largar()
    return 0


def fila(argv: list[str]) -> int:
    """`redesuas fila estado`: o que espera, o que corre, o que parou. Sai com 0 sempre que o banco respondeu."""
    analisador = Analisador(
        comando="fila",
        descricao=(
            "Mostra o estado da fila: quantas tarefas em cada estado, há quanto tempo a mais velha espera,\n"
            "trabalhadores vivos, tarefas paradas e rotinas. Sai com 0 sempre que conseguiu consultar."
        ),
    )
    analisador.add_argument("acao", choices=["estado"], metavar="estado", help="a única ação")
    analisador.add_argument("--json", action="store_true", help="escreve em JSON, para outro programa ler")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    preparar_django(dados=pedido.dados)
    if _recusado(espera=False):
        return RECUSADO
    from suas.nucleo import banco
    from suas.nucleo.fila import retrato

    atual = retrato.tirar(em=banco.instante())
    print(json.dumps(retrato.em_json(atual), ensure_ascii=False, indent=1) if pedido.json else retrato.em_texto(atual))
    return 0


def _recusado(*, espera: bool) -> bool:
    """Diz, e devolve que sim, se o banco não serve. Com `espera`, o que ainda não responde não recusa: ele volta."""
    from django.db import OperationalError

    try:
        recusa = recusa_do_formato() if espera else recusa_do_banco()
    except OperationalError:
        return False
    if recusa:
        print(f"redesuas: {recusa}", file=sys.stderr)
    return bool(recusa)


def _das_tarefas() -> OTrabalhador:
    from suas.nucleo.fila.trabalhador import OTrabalhador

    return OTrabalhador()


def _das_rotinas() -> OTrabalhador:
    from suas.nucleo import banco
    from suas.nucleo.fila import relogio as horas
    from suas.nucleo.fila.posse import FILA_DAS_ROTINAS
    from suas.nucleo.fila.trabalhador import OTrabalhador

    def agendar() -> None:
        horas.agendar(em=banco.instante())

    return OTrabalhador(papel="rotinas", filas=(FILA_DAS_ROTINAS,), a_cada_volta=agendar)


if __name__ == "__main__":
    sys.exit(juntos(sys.argv[1:]))
