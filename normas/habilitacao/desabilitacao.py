"""A desabilitação: quem pede, com que fundamento, e o que ela faz com o nível."""

from __future__ import annotations

from dataclasses import dataclass

from normas.base.fundamento import Fundamento
from normas.habilitacao.niveis import DO_MUNICIPIO, NivelDeGestao
from normas.instancias.orgao import Orgao

FUNDAMENTO = Fundamento("NOB/SUAS 2005 (Resolução CNAS nº 130/2005)", "item 2.5, II")

#: Quem pode pedir; a CIB abre por si na revisão das habilitações.
SOLICITANTES = (Orgao.MUNICIPIO, Orgao.CMAS, Orgao.ESTADO, Orgao.CEAS, Orgao.UNIAO, Orgao.CIB)


class PedidoRecusado(ValueError):
    """O pedido não serve para abrir o processo; a mensagem diz o que falta."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Efeito:
    """O que a desabilitação faz: de um nível para outro, e quem passa a gerir o recurso federal."""

    de: NivelDeGestao
    para: NivelDeGestao
    gestor_dos_recursos: Orgao
    fundamento: Fundamento

    @property
    def total(self) -> bool:
        """Se o município fica sem nível; senão, passa a um menor."""
        return self.para is NivelDeGestao.NAO_HABILITADO

    @property
    def em_palavras(self) -> str:
        """O efeito numa frase."""
        if self.total:
            return (
                f"Desabilitação total: da {self.de.nome} a não habilitado. O recurso federal das ações continuadas "
                "passa a ser gerido pelo gestor estadual (2.1, IV)."
            )
        return f"Desabilitação para nível menor: da {self.de.nome} à {self.para.nome}."


def conferir_pedido(
    *, de_quem: Orgao, fundamentacao: str, comunicou_ao_estado: bool = False, em_revisao: bool = False
) -> None:
    """Confere se o pedido pode abrir o processo.

    O gestor federal comunica antes ao gestor estadual. A CIB só abre por si na revisão das habilitações.

    Erros: `PedidoRecusado`.
    """
    if de_quem not in SOLICITANTES:
        quais = ", ".join(orgao.com_artigo for orgao in SOLICITANTES[:-1])
        raise PedidoRecusado(f"Quem pode pedir a desabilitação é {quais} ({FUNDAMENTO}).")
    if not fundamentacao.strip():
        raise PedidoRecusado(
            "A solicitação é fundamentada: escreva que responsabilidades ou requisitos não se cumprem."
        )
    if de_quem is Orgao.UNIAO and not comunicou_ao_estado:
        raise PedidoRecusado(
            "O gestor federal comunica antes ao gestor estadual. Registre a comunicação e peça de novo."
        )
    if de_quem is Orgao.CIB and not em_revisao:
        raise PedidoRecusado(
            "A CIB abre o processo por si quando o constata na revisão das habilitações. "
            "Registre a revisão, ou quem pediu."
        )


def efeito(*, de: NivelDeGestao, para: NivelDeGestao) -> Efeito:
    """O efeito de desabilitar de um nível para outro. Erros: `ValueError` quando não há nível a perder."""
    if NivelDeGestao.DF in (de, para):
        raise ValueError("A desabilitação é de município; a do Distrito Federal não está nesta norma (2.5, II).")
    if DO_MUNICIPIO.index(para) >= DO_MUNICIPIO.index(de):
        raise ValueError(
            f"A desabilitação vai a um nível menor, e {para.nome} não é menor que {de.nome}. Confira os dois níveis."
        )
    total = para is NivelDeGestao.NAO_HABILITADO
    return Efeito(
        de=de, para=para, gestor_dos_recursos=Orgao.ESTADO if total else Orgao.MUNICIPIO, fundamento=FUNDAMENTO
    )
