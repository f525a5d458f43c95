"""Registros de prazo inventados para os testes."""

from __future__ import annotations

from datetime import date, timedelta

from normas.base.fundamento import Fundamento
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.obrigacoes.acoes import registros
from suas.nucleo.permissoes.papeis import VIGILANCIA_ESTADUAL, VIGILANCIA_MUNICIPAL

AVISO = Fundamento("Aviso do Exemplo", "de 21/11/2026")


def cena(*, uf: str = "32", municipio: str = "3205309") -> dict[str, str]:
    """Uma linha de cada registro: o estado abre um período e o prorroga; o município tem pane e feriado."""
    estadual, municipal = identidade.ator(VIGILANCIA_ESTADUAL, uf), identidade.ator(VIGILANCIA_MUNICIPAL, municipio)
    comum = {"fundamento": AVISO, "em": AGORA}
    do_censo = {"sistema": "CENSO", "periodo": "2030", "etapa": "preenchimento", "onde": uf, "por": estadual}
    registros.abrir_janela(**do_censo, abre=date(2030, 9, 2), fecha=date(2030, 12, 6), **comum)
    prorrogacao = registros.prorrogar(**do_censo, fecha=date(2030, 12, 20), **comum)
    onde = municipio
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
