"""Quantos CRAS funcionavam no fim de cada ano, pelos dias de abertura e de fechamento do cadastro."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from suas.cadastros.rede.models import Unidade


@dataclass(frozen=True, slots=True, kw_only=True)
class Ano:
    """Um ano: os CRAS em 31 de dezembro (no ano que corre, hoje), os que abriram e os que fecharam nele."""

    ano: int
    cras: int
    abriram: int
    fecharam: int


@dataclass(frozen=True, kw_only=True)
class NoTempo:
    """Os anos em ordem, do primeiro em que um CRAS abriu até hoje. De `sem_dia` CRAS não se sabe a abertura."""

    anos: Sequence[Ano]
    sem_dia: int

    @property
    def maior(self) -> int:
        """O maior número de CRAS de um ano."""
        return max((ano.cras for ano in self.anos), default=0)


def cras_no_tempo(onde: str, *, hoje: date) -> NoTempo:
    """Os CRAS do país, de uma UF ou de um município, ano a ano; o que não tem dia de abertura fica à parte."""
    do_lugar = Unidade.objects.da_abrangencia(onde).filter(tipo=Unidade.Tipo.CRAS, fundida_em__isnull=True).order_by()
    abriram: Counter[int] = Counter()
    fecharam: Counter[int] = Counter()
    sem_dia = 0
    for aberta, fechada in do_lugar.values_list("aberta_em", "fechada_em").iterator(chunk_size=5000):
        if aberta is None:
            sem_dia += fechada is None or fechada > hoje
            continue
        if aberta > hoje:
            continue
        abriram[aberta.year] += 1
        if fechada is not None and fechada <= hoje:
            fecharam[fechada.year] += 1
    anos, cras = [], 0
    for ano in range(min(abriram, default=hoje.year + 1), hoje.year + 1):
        cras += abriram[ano] - fecharam[ano]
        anos.append(Ano(ano=ano, cras=cras, abriram=abriram[ano], fecharam=fecharam[ano]))
    return NoTempo(anos=anos, sem_dia=sem_dia)
