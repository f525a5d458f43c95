"""A pactuação: só há com a concordância de todos, nunca por voto; e para onde ela segue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from normas.base.fundamento import Fundamento
from normas.instancias.comissoes import Representacao
from normas.instancias.orgao import Orgao

NORMA = "NOB/SUAS 2005 (Resolução CNAS nº 130/2005)"
CONSENSO = Fundamento(NORMA, "item 4.2")

#: Os entes que cada comissão reúne.
ENTES = {
    Orgao.CIB: (Representacao.ESTADO, Representacao.MUNICIPIOS),
    Orgao.CIT: (Representacao.UNIAO, Representacao.ESTADOS, Representacao.MUNICIPIOS),
}


class Manifestacao(StrEnum):
    """A palavra de um ente sobre a matéria."""

    CONCORDA = "concorda"
    DISCORDA = "discorda"


@dataclass(frozen=True, slots=True, kw_only=True)
class Encaminhamento:
    """Para quem a pactuação segue, e para quê."""

    para: Orgao
    finalidade: str
    fundamento: Fundamento


@dataclass(frozen=True, slots=True, kw_only=True)
class Entendimento:
    """O resultado da negociação: há pactuação, ou o que a impede em palavras, e para onde segue."""

    consenso: bool
    motivo: str
    encaminhamentos: tuple[Encaminhamento, ...]
    fundamento: Fundamento


def pactuar(
    *, comissao: Orgao, manifestacoes: Mapping[Representacao, Manifestacao], a_deliberar: bool = False
) -> Entendimento:
    """Diz se há pactuação. Quem não se manifestou não concordou; maioria não basta.

    `a_deliberar` marca a matéria que o conselho tem de apreciar e deliberar, e não só conhecer.

    Erros: `ValueError` para quem não é comissão, ou para ente que ela não reúne.
    """
    if comissao not in ENTES:
        raise ValueError(f"Quem pactua é a CIB ou a CIT; {comissao.com_artigo} delibera.")
    entes = ENTES[comissao]
    if estranhos := [ente.nome for ente in manifestacoes if ente not in entes]:
        raise ValueError(f"{comissao.nome} não reúne {' nem '.join(estranhos)}.")
    contra = [ente.nome for ente in entes if manifestacoes.get(ente) is Manifestacao.DISCORDA]
    calados = [ente.nome for ente in entes if ente not in manifestacoes]
    if not contra and not calados:
        return Entendimento(
            consenso=True,
            motivo=f"Concordam {' e '.join(ente.nome for ente in entes)}.",
            encaminhamentos=encaminhamentos(comissao, a_deliberar=a_deliberar),
            fundamento=CONSENSO,
        )
    frases = [f"discorda: {' e '.join(contra)}"] if contra else []
    frases += [f"não se manifestou: {' e '.join(calados)}"] if calados else []
    return Entendimento(
        consenso=False,
        motivo=f"Sem a concordância de todos não há pactuação, e não se vota ({'; '.join(frases)}).",
        encaminhamentos=(),
        fundamento=CONSENSO,
    )


def encaminhamentos(comissao: Orgao, *, a_deliberar: bool) -> tuple[Encaminhamento, ...]:
    """Para onde segue a pactuação publicada."""
    if comissao is Orgao.CIT:
        return (_seguir(Orgao.CNAS, "apreciar e aprovar", "item 4.2, CIT, k; item 4.3, CNAS, d"),)
    do_conselho = "apreciar e deliberar" if a_deliberar else "conhecer, ou apreciar e deliberar"
    return (
        _seguir(Orgao.CEAS, do_conselho, "item 4.2, CIB"),
        _seguir(Orgao.CMAS, "conhecer", "item 4.2, CIB"),
        _seguir(Orgao.CIT, "conhecer, com cópia da publicação à Secretaria Técnica", "item 4.2, CIB, m"),
        _seguir(Orgao.CNAS, "conhecer", "item 4.2, CIB"),
    )


def _seguir(para: Orgao, finalidade: str, dispositivo: str) -> Encaminhamento:
    return Encaminhamento(para=para, finalidade=finalidade, fundamento=Fundamento(NORMA, dispositivo))
