"""Registros de prazo inventados para os testes."""

from __future__ import annotations

from datetime import date, timedelta

from normas.base.fundamento import Fundamento
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.obrigacoes.acoes import registros
from suas.nucleo.permissoes.ator import Ator

AVISO = Fundamento("Aviso do Exemplo", "de 21/11/2026")


def cena(estadual: Ator, municipal: Ator) -> dict[str, str]:
    """Uma linha de cada registro: o estado abre um período e o prorroga; o município tem pane e feriado."""
    comum = {"fundamento": AVISO, "em": AGORA}
    do_censo = {"sistema": "CENSO", "periodo": "2030", "etapa": "preenchimento", "onde": "32", "por": estadual}
    registros.abrir_janela(**do_censo, abre=date(2030, 9, 2), fecha=date(2030, 12, 6), **comum)
    prorrogacao = registros.prorrogar(**do_censo, fecha=date(2030, 12, 20), **comum)
    onde = municipal.abrangencia
    registros.registrar_pane(
        sistema="RMA",
        desde=AGORA - timedelta(hours=9),
        ate=AGORA - timedelta(hours=2),
        onde=onde,
        por=municipal,
        **comum,
    )
    registros.registrar_feriado(dia=date(2030, 5, 23), nome="Festa do Exemplo", onde=onde, por=municipal, **comum)
    return {"prorrogacao": str(prorrogacao.pk)}
