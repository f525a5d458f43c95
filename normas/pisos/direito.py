"""Quem recebe cada piso, pelo nível de gestão, e quem gere o recurso quando o município não é habilitado."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from normas.base.fundamento import Fundamento
from normas.habilitacao.niveis import NivelDeGestao
from normas.instancias.orgao import Orgao
from normas.pisos.piso import Piso, pisos

NORMA = "NOB/SUAS 2005 (Resolução CNAS nº 130/2005)"
DO_NAO_HABILITADO = Fundamento(NORMA, "item 2.1, IV")
DOS_NIVEIS = Fundamento(NORMA, "item 2.1, incentivos")


@dataclass(frozen=True, slots=True, kw_only=True)
class Direito:
    """Se um nível recebe um piso, por inteiro ou só numa parcela, quem gere o recurso, e por quê.

    `gestor` é nulo quando o recurso não existe para o município.
    """

    piso: Piso
    nivel: NivelDeGestao
    recebe: bool
    so_na_parcela: str
    gestor: Orgao | None
    motivo: str
    fundamento: Fundamento


def direito(*, piso: Piso, nivel: NivelDeGestao, em: date) -> Direito:
    """O direito de um município, ou do Distrito Federal, a um piso no dia."""
    gestor = Orgao.DF if nivel is NivelDeGestao.DF else Orgao.MUNICIPIO
    if piso.nao_aplicavel_ate is not None and piso.nao_aplicavel_por is not None and em < piso.nao_aplicavel_ate:
        return _nao(piso, nivel, f"O {piso.nome} ainda não se aplica.", piso.nao_aplicavel_por)
    if fundamento := piso.recebem.get(nivel):
        motivo = f"A {nivel.nome} recebe o {piso.nome}."
        return _sim(piso, nivel, gestor, motivo, fundamento)
    if parte := piso.em_parte.get(nivel):
        motivo = f"A {nivel.nome} recebe o {piso.nome} só para {parte.parcela}."
        return _sim(piso, nivel, gestor, motivo, parte.fundamento, parcela=parte.parcela)
    if nivel is not NivelDeGestao.NAO_HABILITADO:
        return _nao(piso, nivel, f"A {nivel.nome} não recebe o {piso.nome}.", DOS_NIVEIS)
    if piso.do_nao_habilitado:
        return Direito(
            piso=piso, nivel=nivel, recebe=False, so_na_parcela="", gestor=Orgao.ESTADO, fundamento=DO_NAO_HABILITADO,
            motivo="O município não é habilitado: quem gere o recurso das ações continuadas é o gestor estadual.",
        )  # fmt: skip
    return _nao(piso, nivel, f"O município não é habilitado, e o {piso.nome} pede habilitação.", DOS_NIVEIS)


def direitos(*, nivel: NivelDeGestao, em: date) -> tuple[Direito, ...]:
    """O direito a cada piso, na ordem da norma."""
    return tuple(direito(piso=cada, nivel=nivel, em=em) for cada in pisos())


def _sim(
    piso: Piso, nivel: NivelDeGestao, gestor: Orgao, motivo: str, fundamento: Fundamento, *, parcela: str = ""
) -> Direito:
    return Direito(
        piso=piso, nivel=nivel, recebe=True, so_na_parcela=parcela, gestor=gestor, motivo=motivo, fundamento=fundamento
    )


def _nao(piso: Piso, nivel: NivelDeGestao, motivo: str, fundamento: Fundamento) -> Direito:
    return Direito(
        piso=piso, nivel=nivel, recebe=False, so_na_parcela="", gestor=None, motivo=motivo, fundamento=fundamento
    )
