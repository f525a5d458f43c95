"""De madrugada, os fatos dos últimos meses se refazem e se comparam: o que diferia é dito."""

from __future__ import annotations

from datetime import datetime

from suas.nucleo.fila.acoes import RotinaDeclarada, registrar_rotina
from suas.nucleo.identidade.intermediarios import dia_em_brasilia
from suas.vigilancia.fatos.acoes import Feito
from suas.vigilancia.mensais import consolidacao, consultas


def refazer_fatos(em: datetime) -> str:
    """Refaz, no país, os fatos do mês da vez e dos doze anteriores, e diz quantos não estavam como os envios."""
    feito = Feito()
    for competencia in consultas.competencias(dia_em_brasilia(em)):
        feito += consolidacao.do_lugar("BR", competencia=competencia)
    if not feito.mudou:
        return f"{feito.iguais} fatos conferidos, nenhum diferia."
    return (
        f"{feito.iguais} fatos iguais; {feito.novos} faltavam, {feito.mudados} diferiam e {feito.retirados} sobravam."
    )


def registrar() -> None:
    registrar_rotina(
        RotinaDeclarada(
            nome="mensais.fatos", cron="40 4 * * *", executar=refazer_fatos, titulo="Refazer as somas dos meses"
        )
    )
