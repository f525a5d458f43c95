"""O que o relógio faz com os documentos."""

from __future__ import annotations

from datetime import datetime

from suas.nucleo.documentos import acoes
from suas.nucleo.fila.acoes import RotinaDeclarada, registrar_rotina
from suas.nucleo.permissoes.ator import ATOR_PUBLICO


def examinar(em: datetime) -> str:
    """Passa pelo antivírus o que foi guardado enquanto ele não respondia, ou antes de haver um."""
    return acoes.examinar_pendentes(por=ATOR_PUBLICO, em=em)


def conferir(em: datetime) -> str:
    """Recalcula o resumo de cada arquivo guardado."""
    return acoes.conferir_arquivos()


def registrar() -> None:
    registrar_rotina(
        RotinaDeclarada(
            nome="documentos.examinar",
            cron="*/10 * * * *",
            executar=examinar,
            titulo="Passar documentos pelo antivírus",
        )
    )
    registrar_rotina(
        RotinaDeclarada(
            nome="documentos.conferir", cron="45 2 * * 0", executar=conferir, titulo="Conferir os documentos guardados"
        )
    )
