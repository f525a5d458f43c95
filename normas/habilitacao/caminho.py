"""Que processo serve a cada pleito, no dia em que começa."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from normas.habilitacao.fluxo import Fluxo, fluxo
from normas.habilitacao.niveis import NivelDeGestao
from normas.parametros.leitura import Parametro, parametro

_TRANSICAO = (NivelDeGestao.BASICA, NivelDeGestao.PLENA)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caminho:
    """O processo a seguir e se a norma dele vige no dia; fora dela é simulação (ADR 0001)."""

    fluxo: Fluxo
    vigente: bool


def caminho_da_habilitacao(*, nivel: NivelDeGestao, em: date) -> Caminho:
    """O processo do nível pleiteado por um município ou pelo Distrito Federal.

    No segundo semestre de 2005, básica e plena seguem a transição; a inicial e os outros anos, o processo comum.

    Erros: `ValueError` para não habilitado, que não se pleiteia.
    """
    if nivel is NivelDeGestao.NAO_HABILITADO:
        raise ValueError("Não se pleiteia ficar sem habilitação: para isso há a desabilitação (2.5, II).")
    codigo = "habilitacao-df" if nivel is NivelDeGestao.DF else "habilitacao-municipio"
    transicao = fluxo("transicao-2005")
    if nivel in _TRANSICAO and transicao.vigencia.contem(em):
        codigo = transicao.codigo
    escolhido = fluxo(codigo)
    return Caminho(fluxo=escolhido, vigente=escolhido.vigencia.contem(em))


def prazo_de_quem_tinha_paif(*, em: date) -> Parametro:
    """Até que dia passa à básica o município que já tinha o PAIF quando a norma foi aprovada (item 6).

    Erros: `ParametroForaDeVigencia` fora do segundo semestre de 2005.
    """
    return parametro("habilitacao.prazo_com_paif", em=em)
