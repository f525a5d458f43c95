"""A quem se recorre de cada decisão, pela ordem."""

from __future__ import annotations

from normas.base.fundamento import Fundamento
from normas.instancias.orgao import Orgao

NORMA = "NOB/SUAS 2005 (Resolução CNAS nº 130/2005)"

#: De cada órgão que decide, as instâncias na ordem em que se sobe.
ESCADA = {
    Orgao.CIB: (Orgao.CEAS, Orgao.CIT, Orgao.CNAS),
    Orgao.CIT: (Orgao.CNAS,),
    Orgao.CMAS: (Orgao.CEAS, Orgao.CNAS),
    Orgao.CEAS: (Orgao.CNAS,),
    Orgao.CAS_DF: (Orgao.CNAS,),
    Orgao.CNAS: (),
}
FUNDAMENTOS = {
    Orgao.CIB: Fundamento(NORMA, "itens 2.5, II, e 4.3, CEAS, f"),
    Orgao.CIT: Fundamento(NORMA, "item 4.3, CNAS, c"),
    Orgao.CMAS: Fundamento(NORMA, "item 4.3, CEAS, n, e CNAS, a"),
    Orgao.CEAS: Fundamento(NORMA, "item 4.3, CNAS, a"),
    Orgao.CAS_DF: Fundamento(NORMA, "item 4.3, CNAS, a"),
}


class SemRecurso(ValueError):
    """Não há instância acima, ou o órgão não decide: a mensagem diz qual dos dois."""


def proxima_instancia(*, decidiu: Orgao, percorridas: tuple[Orgao, ...] = ()) -> Orgao:
    """A instância seguinte para a decisão de um órgão, depois das que já julgaram o recurso.

    Erros: `SemRecurso` quando acabaram, quando não se seguiu a ordem, ou quando o órgão não decide.
    """
    if decidiu not in ESCADA:
        raise SemRecurso(f"D{decidiu.com_artigo} não se recorre por esta norma: decidem conselhos e comissões.")
    escada = ESCADA[decidiu]
    if percorridas != escada[: len(percorridas)]:
        ordem = ", ".join(orgao.com_artigo for orgao in escada)
        raise SemRecurso(f"O recurso sobe pela ordem: {ordem}. Não se pula nem se repete instância.")
    if len(percorridas) == len(escada):
        ultima = escada[-1] if escada else decidiu
        raise SemRecurso(f"A última palavra é d{ultima.com_artigo}: não há outra instância.")
    return escada[len(percorridas)]
